package io.meshspan.web.changes;

import io.meshspan.plan.ShownRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change with all its records.
 *
 * @param asked the request as text; null after its records were deleted
 * @param problems which records were altered; empty if none
 */
record ChangeView(
        ChangeWithState change, @Nullable ShownRequest asked, List<RecordView> records, List<String> problems) {}

package io.meshspan.web.changes;

import io.meshspan.audit.ChangeSummary;
import io.meshspan.plan.ShownRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change with everything that happened in it.
 *
 * @param asked what was asked for, in words; null once its records were deleted
 * @param problems what was altered since it was written; empty if nothing was
 */
record ChangeView(
        ChangeSummary change, @Nullable ShownRequest asked, List<RecordView> records, List<String> problems) {}

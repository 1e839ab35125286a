package io.meshspan.web.changes;

import java.util.List;

/**
 * A change with everything that happened in it.
 *
 * @param problems what was altered since it was written; empty if nothing was
 */
record ChangeView(ChangeWithState change, List<RecordView> records, List<String> problems) {}

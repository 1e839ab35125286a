package io.meshspan.web.changes;

import java.util.List;

/**
 * A user who asks about changes.
 *
 * @param reads whether they may read changes; every role may
 * @param tasks whether they may open Tasklist
 * @param starts whether they may start changes
 * @param retries whether they may retry a failed step
 */
record Reader(String id, List<String> groups, boolean reads, boolean tasks, boolean starts, boolean retries) {

    Reader {
        groups = List.copyOf(groups);
    }
}

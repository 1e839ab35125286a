package io.meshspan.web.changes;

import java.util.List;

/**
 * A user who asks about changes.
 *
 * @param name what others call them
 * @param reads whether they may; every role does
 * @param tasks whether Tasklist is open to them
 * @param starts whether they may ask for changes
 * @param retries whether they may have a failed step repeated
 */
record Reader(
        String id, String name, List<String> groups, boolean reads, boolean tasks, boolean starts, boolean retries) {

    Reader {
        groups = List.copyOf(groups);
    }

    /** For people to read, whatever the name may become: with the id. */
    String nameAndId() {
        return name.equals(id) ? id : "%s (%s)".formatted(name, id);
    }
}

package io.meshspan.notification;

import java.time.Instant;
import java.util.Map;

/**
 * Something that receivers are told. It holds names, times and links, never a secret and never a text that an API server or a
 * step wrote.
 *
 * @param id unique; a second notice with the same id is not told
 * @param orderKey notices with the same key are told in the order in which they were made; the change's id where there is one
 * @param subject of the CloudEvent: the change's id, or mesh and cluster
 * @param title one line for people
 * @param path where people find more, below the base URL
 * @param data for programs, beside the link
 */
public record Notice(
        String id,
        EventType type,
        Instant at,
        String orderKey,
        String subject,
        String title,
        String path,
        Map<String, String> data) {

    /** Where the page of a change is. */
    public static String changePath(String change) {
        return "/changes/#/?change=" + change;
    }

    /** Where people find a task of theirs. */
    public static String taskPath(String task) {
        return "/camunda/app/tasklist/default/#/?task=" + task;
    }
}

package io.meshspan.notification;

import java.time.Instant;
import java.util.Map;

/**
 * An event for receivers. It has names, times and links, never a secret and never a text from an API server or a step.
 *
 * @param id unique; a second notice with the same id is not sent
 * @param orderKey notices with the same key are sent in the order of their creation; the change's id, if there is one
 * @param subject of the CloudEvent: the change's id, the mesh, or mesh and cluster
 * @param title one line for people
 * @param path the page with more details, relative to the base URL
 * @param data for programs, in addition to the link
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

    /** The path of a change's page. */
    static String changePath(String change) {
        return "/changes/#/?change=" + change;
    }

    /** The path of a declared mesh's page. */
    static String meshPath(String mesh) {
        return "/changes/#/?declared=" + mesh;
    }

    /** The path of a task. */
    static String taskPath(String task) {
        return "/camunda/app/tasklist/default/#/?task=" + task;
    }
}

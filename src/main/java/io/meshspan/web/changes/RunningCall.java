package io.meshspan.web.changes;

import org.jspecify.annotations.Nullable;

/**
 * A step that called a process which still runs.
 *
 * @param instance the process instance whose diagram has the step
 * @param called the process instance that it called
 * @param process the key of the called process
 * @param cluster of the called process; null for all clusters
 */
record RunningCall(
        String instance,
        String activity,
        String called,
        String process,
        String definition,
        @Nullable String cluster) {}

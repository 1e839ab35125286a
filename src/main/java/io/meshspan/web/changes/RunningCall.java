package io.meshspan.web.changes;

import org.jspecify.annotations.Nullable;

/**
 * A step that called a process which still runs.
 *
 * @param instance the process instance in whose diagram the step stands
 * @param called the process instance that it called
 * @param process the key of the called process
 * @param cluster for which it works; null for all
 */
record RunningCall(
        String instance,
        String activity,
        String called,
        String process,
        String definition,
        @Nullable String cluster) {}

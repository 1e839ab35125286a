package io.meshspan.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The log of a JVM's garbage collector.
 *
 * @param file where it is written
 */
record HeapLog(Path file) {

    /** {@code GC(7) Pause Young (Normal) (G1 Evacuation Pause) 310M->120M(512M) 9.100ms}. */
    private static final Pattern PAUSE = Pattern.compile("Pause .*?\\d+M->(\\d+)M\\(\\d+M\\)");

    /** What has the JVM write it. */
    String option() {
        return "-Xlog:gc:file=" + file;
    }

    /** The most MiB that any collection has left: an upper bound of what was alive. */
    int mostAlive() throws IOException {
        return PAUSE.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .mapToInt(HeapLog::left)
                .max()
                .orElseThrow(() -> new IllegalStateException("no collection in " + file));
    }

    private static int left(String pause) {
        return Integer.parseInt(pause.replaceFirst(".*->(\\d+)M.*", "$1"));
    }
}

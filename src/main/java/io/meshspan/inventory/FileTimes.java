package io.meshspan.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modification times of files, used to notice changes. */
public record FileTimes(Map<Path, FileTime> written) {

    private static final FileTime NEVER = FileTime.fromMillis(0);

    public FileTimes {
        written = Map.copyOf(written);
    }

    /** Call this before reading the files. */
    public static FileTimes of(Stream<Path> files) {
        return new FileTimes(files.distinct().collect(Collectors.toMap(Function.identity(), FileTimes::written)));
    }

    public boolean changed() {
        return !of(written.keySet().stream()).equals(this);
    }

    boolean olderThan(Duration age) {
        Instant then = Instant.now().minus(age);
        return written.values().stream().allMatch(time -> time.toInstant().isBefore(then));
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return NEVER;
        }
    }
}

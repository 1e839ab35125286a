package io.meshspan.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The one place for this process's temporary files, for its owner alone. It goes with the process; what a process that was
 * killed left behind, the next one takes away.
 */
final class WorkFolder {

    private static Path folder = made();

    private WorkFolder() {}

    /** Hosts tidy up what lay there for days: another one, then. */
    private static synchronized Path here() {
        if (!Files.isDirectory(folder)) {
            folder = made();
        }
        return folder;
    }

    private static Path made() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        OrphanedFolders.remove(temporary);
        Path made = OrphanedFolders.claimed(temporary);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OrphanedFolders.delete(made), "work-folder"));
        return made;
    }

    /** A file with this content, there while it is used. Temporary files of Java can be read and written by their owner only. */
    static <R> R withFile(String suffix, String content, Function<Path, R> use) {
        try {
            Path file = Files.createTempFile(here(), "input", suffix);
            try {
                Files.writeString(file, content);
                return use.apply(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder cannot be written", e);
        }
    }

    /** A folder that stays as long as this process. */
    static Path folder(String name) {
        try {
            return Files.createTempDirectory(here(), name);
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder cannot be written", e);
        }
    }
}

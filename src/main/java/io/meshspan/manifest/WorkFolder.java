package io.meshspan.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The only folder for temporary files of this process; only its owner can read it. The process deletes it at its end. If a
 * process was killed, the next process deletes its folder.
 */
final class WorkFolder {

    private static Path folder = made();

    private WorkFolder() {}

    /** Hosts may delete old temporary files after some days; in that case this makes another folder. */
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

    /** A file with this content that exists while the caller uses it. Only the owner can access Java's temporary files. */
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

    /** A folder that exists until this process ends. */
    static Path folder(String name) {
        try {
            return Files.createTempDirectory(here(), name);
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder cannot be written", e);
        }
    }
}

package io.meshspan.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Finds folders that ended processes have left. The operating system has released the lock that the process held on a file
 * in its folder.
 */
final class OrphanedFolders {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedFolders.class);
    private static final String PREFIX = "meshspan-work-";
    private static final String LOCK = "in-use";

    /** Keeps a reference to the lock: the garbage collector would close an unreferenced one and so release it. */
    private static final List<FileLock> HELD = new CopyOnWriteArrayList<>();

    private OrphanedFolders() {}

    /** Makes a new folder and holds its lock until this process ends in any way. */
    @SuppressWarnings("resource") // closing the channel would release the lock
    static Path claimed(Path temporary) {
        try {
            Path folder = Files.createTempDirectory(temporary, PREFIX);
            HELD.add(opened(folder).lock());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder " + temporary + " cannot be written", e);
        }
    }

    static void remove(Path temporary) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            folders.forEach(folder -> {
                if (isLeft(folder)) {
                    delete(folder);
                }
            });
        } catch (IOException e) {
            LOG.warn("Temporary files of earlier processes could not be looked for in {}", temporary);
        }
    }

    /** Skips a folder that a process is just claiming: the process makes the lock file before it locks it. */
    private static boolean isLeft(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            LOG.warn("The temporary folder {} could not be deleted", folder);
        }
    }

    private static FileChannel opened(Path folder) throws IOException {
        return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}

package io.meshspan.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders that only the user who runs Meshspan can enter (0700) and files that only this user can read (0600): the database
 * contains password hashes and every record, the keystores contain keys. If this is not possible, a message says so.
 */
public final class PrivateFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("------rwx");
    private static final Path USUAL = Path.of("data").toAbsolutePath();
    private static final int STICKY = 01000;

    /** The files that H2 and the keystores make. */
    private static final Pattern OURS =
            Pattern.compile(".+\\.(mv\\.db|trace\\.db|lock\\.db|p12|lock|newFile|tempFile|tmp)");

    private PrivateFiles() {}

    /** Makes the folder and its missing parents, if it does not exist. */
    public static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /** Makes an empty file, unless there is one with this name. */
    public static void create(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(file, attributes(file, FILE));
        }
    }

    /** For a file that will be made. */
    public static FileAttribute<?>[] attributes(Path file) {
        return attributes(file, FILE);
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> rights) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Removes the rights of others from these files, from their folder and from our other files in it. It changes the folder
     * only if it is {@code data} in the working folder, or contains only files of ours.
     *
     * @param files in one folder; missing ones are skipped
     */
    public static void protect(Path folder, List<Path> files) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        if (!isPosix(folder)) {
            LOG.warn(
                    "This file system has no POSIX permissions: make sure that only the user that runs Meshspan can "
                            + "access {}",
                    folder);
            return;
        }
        List<Path> content = content(folder);
        boolean sticky = isSticky(folder);
        boolean own = !sticky
                && (folder.toAbsolutePath().normalize().equals(USUAL)
                        || content.stream().allMatch(PrivateFiles::isOurs));
        if (own) {
            restrict(folder, FOLDER);
            content.stream().filter(PrivateFiles::isOurs).forEach(file -> restrict(file, FILE));
        } else {
            if (!sticky) {
                tellIfOpen(folder);
            }
            files.stream().filter(Files::exists).forEach(file -> restrict(file, FILE));
        }
    }

    private static List<Path> content(Path folder) {
        try (Stream<Path> content = Files.list(folder)) {
            return content.toList();
        } catch (IOException e) {
            return List.of(folder);
        }
    }

    private static boolean isOurs(Path file) {
        return Files.isRegularFile(file)
                && OURS.matcher(file.getFileName().toString()).matches();
    }

    /** A shared folder, such as /tmp or a pod's folder with a Secret, whatever it contains at the moment. */
    private static boolean isSticky(Path folder) {
        try {
            return ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    private static void restrict(Path path, Set<PosixFilePermission> wanted) {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
            if (!wanted.containsAll(rights)) {
                Files.setPosixFilePermissions(path, wanted);
                LOG.info("{} was {}: now only the user that runs Meshspan may use it", path, text(rights));
            }
        } catch (IOException | UnsupportedOperationException e) {
            tellIfOpen(path);
        }
    }

    /** A group may have the right on purpose: Kubernetes gives a pod its Secrets in this way. */
    private static void tellIfOpen(Path path) {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
            if (rights.stream().anyMatch(OF_OTHERS::contains)) {
                LOG.warn(
                        "Every user of this machine can access {} ({}, owned by {}). Meshspan does not change this, "
                                + "because the folder is not its own. Give Meshspan a separate folder, or remove the rights of "
                                + "others (chmod o-rwx)",
                        path,
                        text(rights),
                        Files.getOwner(path).getName());
            }
        } catch (IOException e) {
            LOG.warn(
                    "Cannot read the permissions of {} ({}): check who may read it",
                    path,
                    e.getClass().getSimpleName());
        }
    }

    private static String text(Set<PosixFilePermission> rights) {
        return PosixFilePermissions.toString(rights);
    }
}

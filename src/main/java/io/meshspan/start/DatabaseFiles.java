package io.meshspan.start;

import io.meshspan.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** H2 makes its file for everybody to read: so it is made before, for its owner alone. */
final class DatabaseFiles {

    /** A path, and not {@code mem:}, {@code tcp:} or another scheme; it ends where H2's options begin. */
    private static final Pattern ON_DISK = Pattern.compile("jdbc:h2:(?:file:)?(?![a-z]{2,}:)([^;]+).*");

    /** Of a URL that is for a database that there is: H2 must not take an empty file for it. */
    private static final Pattern MUST_EXIST = Pattern.compile("(?i).*;IFEXISTS=TRUE(;.*)?");

    private DatabaseFiles() {}

    static void protect(String url) {
        Matcher onDisk = ON_DISK.matcher(url);
        if (onDisk.matches()) {
            boolean mayBeMade = !MUST_EXIST.matcher(url).matches();
            protect(
                    Path.of(onDisk.group(1)
                                    .replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home"))))
                            .toAbsolutePath()
                            .normalize(),
                    mayBeMade);
        }
    }

    private static void protect(Path database, boolean mayBeMade) {
        Path folder = Objects.requireNonNull(database.getParent(), "an absolute path of a file");
        Path file = Path.of(database + ".mv.db");
        try {
            if (mayBeMade) {
                PrivateFiles.folder(folder);
                PrivateFiles.create(file);
            }
        } catch (IOException e) {
            return; // H2 is about to fail at the same, and it is told then.
        }
        PrivateFiles.protect(folder, List.of(file, Path.of(database + ".trace.db")));
    }
}

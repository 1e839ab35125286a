package io.meshspan.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What came into the folder of temporary files since the tests began, and is still there. */
public final class TemporaryFiles {

    private static final Set<Path> KUBECONFIGS = ConcurrentHashMap.newKeySet();

    private final Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    private final Set<Path> before;

    TemporaryFiles() throws IOException {
        Files.createDirectories(folder);
        before = new HashSet<>(content());
    }

    /** A kubeconfig is there to hold credentials as long as its clusters run, for its owner alone. */
    public static void kubeconfig(Path file) {
        KUBECONFIGS.add(file);
        file.toFile().deleteOnExit();
    }

    void search() throws IOException {
        for (Path path : content()) {
            if (KUBECONFIGS.contains(path)) {
                LeakedSecrets.add(open(path), "a file that others can read, " + path);
            } else if (!before.contains(path)) {
                SearchedFiles.search(path);
            }
        }
    }

    private static Set<String> open(Path file) throws IOException {
        String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        return rights.equals("rw-------") ? Set.of() : Set.of("the token of an administrator");
    }

    private List<Path> content() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        }
    }
}

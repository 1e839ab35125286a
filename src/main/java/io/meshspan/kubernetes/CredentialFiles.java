package io.meshspan.kubernetes;

import io.meshspan.inventory.ContextLogin;
import io.meshspan.inventory.KnownCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files from which a connection took its credentials, and when they were written. The client reads them once, so that
 * credentials renewed on disk need a new connection.
 */
record CredentialFiles(Map<Path, FileTime> written) {

    private static final FileTime NEVER = FileTime.fromMillis(0);

    /** To be taken before the connection reads them. */
    static CredentialFiles of(KnownCluster known, ContextLogin login) {
        return new CredentialFiles(Stream.concat(known.kubeconfig().files().stream(), login.files().stream())
                .distinct()
                .collect(Collectors.toMap(Function.identity(), CredentialFiles::written)));
    }

    boolean changed() {
        return written.entrySet().stream()
                .anyMatch(file -> !written(file.getKey()).equals(file.getValue()));
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return NEVER;
        }
    }
}

package io.meshspan.kubernetes;

import io.meshspan.inventory.KnownCluster;
import io.meshspan.inventory.KubeconfigLogin;
import io.meshspan.inventory.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files from which a connection took its credentials, and when they were written. The client reads them once, so that
 * credentials renewed on disk need a new connection.
 */
record CredentialFiles(Map<Path, FileTime> written) {

    private static final FileTime NEVER = FileTime.fromMillis(0);

    /**
     * To be taken before the connection reads them.
     *
     * @return empty if the kubeconfig cannot be read or lacks the context, for which the client would take another cluster's
     *     address, or quote what it cannot read
     */
    static Optional<CredentialFiles> of(KnownCluster known) {
        return KubeconfigLogin.of(known).map(login -> of(known.kubeconfig(), login));
    }

    private static CredentialFiles of(Path kubeconfig, Login login) {
        return new CredentialFiles(Stream.concat(Stream.of(kubeconfig), login.files().stream())
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

package io.meshspan.inventory;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the kubeconfig has this service log in to a cluster; the credentials themselves stay in the kubeconfig.
 *
 * @param server the address that this service uses
 * @param verified whether this service checks the API server's certificate
 * @param method what the first usable credential is
 * @param detail the plugin's command or the authentication provider's name; else empty
 * @param files with credentials that the context names, besides the kubeconfig itself
 * @param missing files and commands that the context names and that are not there
 * @param expires when the client certificate ends
 */
public record Login(
        Optional<URI> server,
        boolean verified,
        Method method,
        String detail,
        List<Path> files,
        List<String> missing,
        Optional<Instant> expires) {

    /** What counts, in the order in which clients look. */
    public enum Method {
        TOKEN,
        CLIENT_CERTIFICATE,
        PLUGIN,
        AUTH_PROVIDER,
        PASSWORD,
        NONE
    }

    public Login {
        files = List.copyOf(files);
        missing = List.copyOf(missing);
    }
}

package io.meshspan.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A token in a file that another program renews, as the kubelet does in a pod. Reads the file again when it changes. While
 * the file cannot be read, the last token counts, as in client-go.
 */
final class TokenFile implements CredentialSource {

    private final Path file;
    private final UnaryOperator<Credential> completed;
    private @Nullable FileTime written;
    private @Nullable Credential kept;

    /**
     * @param fallback the token that the kubeconfig gives in addition to the file
     * @param completed adds the other parts of the login
     */
    TokenFile(Path file, Optional<String> fallback, UnaryOperator<Credential> completed) {
        this.file = file;
        this.completed = completed;
        this.kept = fallback.map(token -> completed.apply(Credential.bearer(token, Optional.empty())))
                .orElse(null);
    }

    @Override
    public synchronized Credential current() {
        try {
            FileTime now = Files.getLastModifiedTime(file);
            if (!now.equals(written)) {
                read(now);
            }
        } catch (IOException e) {
            // keeps the last token
        }
        Credential last = kept;
        if (last == null) {
            throw new LoginFailed(
                    "tokenFile " + file,
                    "a token in it",
                    "none that this service can read",
                    "Put the token there, readable for the user that runs Meshspan, then try again.");
        }
        return last;
    }

    private void read(FileTime now) throws IOException {
        String token = Files.readString(file).strip();
        if (!token.isEmpty()) {
            kept = completed.apply(Credential.bearer(token, Optional.empty()));
            written = now;
        }
    }

    /** A file can change twice between two ticks of the file system's clock. */
    @Override
    public synchronized boolean renew(Credential refused) {
        written = null;
        return !current().equals(refused);
    }
}

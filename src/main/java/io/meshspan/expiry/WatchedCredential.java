package io.meshspan.expiry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kind of credential whose end is watched, and the process that renews it. */
public enum WatchedCredential {
    ROOT("root CA", "rotate-root"),
    INTERMEDIATES("intermediate CAs", "rotate-intermediates"),
    REMOTE_TOKENS("remote tokens", "rotate-remote-tokens"),

    /** Of Gateways in a namespace of the mesh; the owner of their Secrets renews them. */
    GATEWAY_CERTIFICATES("gateway certificates", null);

    private final String words;
    private final @Nullable String process;

    WatchedCredential(String words, @Nullable String process) {
        this.words = words;
        this.process = process;
    }

    public String inWords() {
        return words;
    }

    /** Empty if Meshspan does not renew it. */
    public Optional<String> process() {
        return Optional.ofNullable(process);
    }
}

package io.meshspan.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes the root, only once. */
@Component
final class RootCreation {

    private static final Logger LOG = LoggerFactory.getLogger(RootCreation.class);

    private final TrustProperties properties;

    RootCreation(TrustProperties properties) {
        this.properties = properties;
    }

    void createUnlessThere(Path file, char[] password) throws IOException, GeneralSecurityException {
        new KeystoreFile(file, RootEntry.ALIAS).createUnlessThere(password, () -> made(file));
    }

    private RootCa made(Path file) {
        RootCa root = Issuer.root(
                properties.keyType().generate(), Validity.startingBefore(Instant.now(), properties.rootValidity()));
        LOG.info("made the root certificate {} in keystore {}", root.fingerprint(), file);
        return root;
    }
}

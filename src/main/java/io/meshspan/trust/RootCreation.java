package io.meshspan.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

    /** @param later whether there is a root before it, from which verifiers that search by name must tell it apart */
    void createUnlessThere(Path file, char[] password, boolean later) throws IOException, GeneralSecurityException {
        new KeystoreFile(file, RootKeystoreEntry.ALIAS).createUnlessThere(password, () -> made(file, later));
    }

    private RootCa made(Path file, boolean later) {
        RootCa root = Issuer.root(
                later ? "Root CA " + LocalDate.now(ZoneOffset.UTC) : "Root CA",
                properties.keyType().generate(),
                Validity.startingBefore(Instant.now(), properties.rootValidity()));
        LOG.info("made the root certificate {} in keystore {}", root.fingerprint(), file);
        return root;
    }
}

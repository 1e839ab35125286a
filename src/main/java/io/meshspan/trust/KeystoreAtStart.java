package io.meshspan.trust;

import io.meshspan.files.PrivateFiles;
import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import io.meshspan.finding.StepFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Reports at start-up a keystore that does not open: the CA's, if this service signs, and the evidence key's. */
@Component
final class KeystoreAtStart implements InitializingBean {

    private final TrustProperties properties;
    private final RootKeystore keystore;
    private final EvidenceKey evidence;

    KeystoreAtStart(TrustProperties properties, RootKeystore keystore, EvidenceKey evidence) {
        this.properties = properties;
        this.keystore = keystore;
        this.evidence = evidence;
    }

    /** @throws StartupFailure if it cannot open or make one: the root's keystore is made when needed, the other one now */
    @Override
    public void afterPropertiesSet() {
        Path file = properties.keystore().toAbsolutePath();
        if (properties.source() == TrustSource.ISSUER
                || (properties.source() == TrustSource.KEYSTORE && Files.exists(file))) {
            require(keystore::open);
        } else {
            requireRoomFor(file);
        }
        requireEvidenceKey();
        require(new RootCertificates(properties)::certificates);
        Path folder = Objects.requireNonNull(file.getParent());
        Path evidenceFile = folder.resolve(EvidenceKey.FILE);
        PrivateFiles.protect(
                folder, properties.source().usesKeystore() ? List.of(file, evidenceFile) : List.of(evidenceFile));
    }

    private void requireEvidenceKey() {
        try {
            evidence.require();
        } catch (EvidenceKeyUnusable e) {
            throw StartupFailure.because(ExitCode.KEYSTORE, e.finding());
        }
    }

    private static void require(Runnable opening) {
        try {
            opening.run();
        } catch (StepFailed e) {
            throw StartupFailure.because(ExitCode.KEYSTORE, e.findings().get(0));
        }
    }

    private static void requireRoomFor(Path file) {
        try {
            Path folder = PrivateFiles.folder(Objects.requireNonNull(file.getParent()));
            Files.delete(Files.createTempFile(folder, "root-ca", ".probe"));
        } catch (IOException e) {
            throw new StartupFailure(
                    ExitCode.KEYSTORE,
                    "The keystore %s cannot be made there: %s"
                            .formatted(file, e.getClass().getSimpleName()),
                    "Give the user that runs Meshspan a writable folder with enough space, or set "
                            + "meshspan.trust.keystore.");
        }
    }
}

package io.meshspan.trust;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The PKCS#12 file that holds the root: made at first need, only read ever after. */
@Component
final class RootKeystore {

    private final TrustProperties properties;
    private final RootCreation creation;
    private volatile @Nullable RootFingerprintCache known;

    RootKeystore(TrustProperties properties, RootCreation creation) {
        this.properties = properties;
        this.creation = creation;
    }

    /**
     * The root, read anew each time so that its key stays in memory no longer than a step.
     *
     * @throws StepFailed if the file cannot be made, cannot be opened, or holds no root that a mesh can use
     */
    RootCa open() {
        Path file = properties.keystore().toAbsolutePath();
        char[] password = properties.keystorePassword().characters();
        try {
            if (!Files.exists(file)) {
                creation.createUnlessThere(file, password);
            }
            return RootEntry.read(load(file, password), password);
        } catch (UnusableRoot e) {
            throw unusable(file, e.found());
        } catch (IOException e) {
            throw unusable(file, reason(e));
        } catch (GeneralSecurityException e) {
            throw unusable(file, "a keystore whose content cannot be read");
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /**
     * Of the root's certificate; the file is opened again only when another one was put in its place.
     *
     * @throws StepFailed as {@link #open}
     */
    String fingerprint() {
        BasicFileAttributes now = RootFingerprintCache.attributes(properties.keystore());
        RootFingerprintCache before = known;
        if (now != null && before != null && before.isStillOf(now)) {
            return before.text();
        }
        RootCa root = open();
        known = now == null ? null : RootFingerprintCache.of(root, now);
        return root.fingerprint();
    }

    Optional<Finding> dates(RootCa root, Instant now) {
        return CertificateDates.judge(
                "root certificate",
                "keystore " + properties.keystore().toAbsolutePath(),
                root.certificate(),
                now,
                "renew the root with the same key, or change to another: a change of root means restarting istiod and"
                        + " all workloads of every cluster");
    }

    private static KeyStore load(Path file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keystore.load(in, password);
        }
        return keystore;
    }

    /** What a keystore turned out to be, without a word of what is in it. */
    static String reason(IOException e) {
        if (e.getCause() instanceof UnrecoverableKeyException) {
            return "a keystore that meshspan.trust.keystore-password does not open";
        }
        return e instanceof FileSystemException
                ? "a file that cannot be read or made: " + e.getClass().getSimpleName()
                : "a file that is no PKCS#12 keystore";
    }

    private static StepFailed unusable(Path file, String found) {
        return new StepFailed(
                FailureCode.INPUT_REJECTED,
                Finding.blocking(
                        "root certificate",
                        "keystore " + file,
                        "a PKCS#12 keystore with one root certificate and its key",
                        found,
                        "Put the right keystore there, or set meshspan.trust.keystore and"
                                + " meshspan.trust.keystore-password to it, then try again"));
    }

    /**
     * The fingerprint of the root that a file held when it was last opened, for as long as the file is the same. To open it
     * costs a tenth of a second of processor time, on purpose, and the plan asks for the fingerprint before each step of trust.
     */
    private record RootFingerprintCache(
            String text,
            FileTime written,
            long size,
            @Nullable Object key) {

        /** @param attributes of the file, taken before it was opened: one that is replaced meanwhile is opened again */
        static RootFingerprintCache of(RootCa root, BasicFileAttributes attributes) {
            return new RootFingerprintCache(
                    root.fingerprint(), attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }

        boolean isStillOf(BasicFileAttributes attributes) {
            return written.equals(attributes.lastModifiedTime())
                    && size == attributes.size()
                    && Objects.equals(key, attributes.fileKey());
        }

        /** Null if there is no file that could be read. */
        static @Nullable BasicFileAttributes attributes(Path file) {
            try {
                return Files.readAttributes(file, BasicFileAttributes.class);
            } catch (IOException e) {
                return null;
            }
        }
    }
}

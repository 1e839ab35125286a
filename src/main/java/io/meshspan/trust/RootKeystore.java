package io.meshspan.trust;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The PKCS#12 file with the root or with an issuing CA. A root is made when it is first needed and only read after that. An
 * issuing CA is only read.
 */
@Component
final class RootKeystore {

    private static final String ROOT = "root certificate";

    /** As many digits of a fingerprint as tell files apart. */
    private static final int SHORT = 16;

    private final TrustProperties properties;
    private final RootCreation creation;
    private final RootCertificates roots;
    private final Map<Path, RootFingerprintCache> known = new ConcurrentHashMap<>();

    RootKeystore(TrustProperties properties, RootCreation creation) {
        this.properties = properties;
        this.creation = creation;
        this.roots = new RootCertificates(properties);
    }

    /**
     * Reads the root again at each call, so that its key stays in memory no longer than one step.
     *
     * @throws StepFailed if the file cannot be made, cannot be opened, or holds no root that a mesh can use
     */
    RootCa open() {
        return open(properties.keystore().toAbsolutePath(), properties.source() == TrustSource.ISSUER);
    }

    /** The same for the root that follows: it is made beside the keystore when it is first needed. */
    RootCa openNext() {
        return open(next(), false);
    }

    private RootCa open(Path file, boolean issuer) {
        char[] password = properties.keystorePassword().characters();
        try {
            if (issuer) {
                return RootKeystoreEntry.issuing(load(file, password), password, roots.certificates());
            }
            if (!Files.exists(file)) {
                creation.createUnlessThere(file, password, file.equals(next()));
            }
            return RootKeystoreEntry.root(load(file, password), password);
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
     * The root's certificate. Opens the file again only when the file has changed.
     *
     * @throws StepFailed as {@link #open}
     */
    X509Certificate root() {
        return root(properties.keystore().toAbsolutePath(), this::open);
    }

    /** The same for the root that follows. Makes it if it is not there yet. */
    X509Certificate nextRoot() {
        return root(next(), this::openNext);
    }

    boolean hasNext() {
        return Files.exists(next());
    }

    private X509Certificate root(Path file, Supplier<RootCa> opened) {
        BasicFileAttributes now = RootFingerprintCache.attributes(file);
        RootFingerprintCache before = known.get(file);
        if (now != null && before != null && before.isStillOf(now)) {
            return before.root();
        }
        RootCa ca = opened.get();
        if (now != null) {
            known.put(file, RootFingerprintCache.of(ca, now));
        }
        return ca.root();
    }

    /**
     * Puts the next root in the place of the one before, which stays in a file that its fingerprint names. May be repeated: a
     * crash leaves the old root in place, or the new one.
     */
    void promoteNext() {
        Path file = properties.keystore().toAbsolutePath();
        try {
            if (hasNext()) {
                if (Files.exists(file)) {
                    Path kept = beside(
                            file, ".root-" + CertificateFingerprint.of(root()).substring(0, SHORT));
                    Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
                Files.move(next(), file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw unusable(file, reason(e));
        }
    }

    private Path next() {
        return beside(properties.keystore().toAbsolutePath(), ".next");
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    List<Finding> dates(RootCa ca, Instant now) {
        return ca.path().stream()
                .flatMap(certificate -> CertificateDates.judge(
                        certificate.equals(ca.root()) ? ROOT : "issuing CA",
                        this + (certificate.equals(ca.root()) ? "" : ", " + AuthorityFault.name(certificate)),
                        certificate,
                        now,
                        "renew it with the same key, or change to another with rotate-root, which restarts istiod and all"
                                + " workloads of every cluster")
                        .stream())
                .toList();
    }

    boolean exists() {
        return Files.exists(properties.keystore());
    }

    @Override
    public String toString() {
        return "keystore " + properties.keystore().toAbsolutePath();
    }

    private static KeyStore load(Path file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keystore.load(in, password);
        }
        return keystore;
    }

    /** The result of reading a keystore, without any of its content. */
    static String reason(IOException e) {
        if (e.getCause() instanceof UnrecoverableKeyException) {
            return "a keystore that meshspan.trust.keystore-password does not open";
        }
        return e instanceof FileSystemException
                ? "a file that cannot be read or made: " + e.getClass().getSimpleName()
                : "a file that is no PKCS#12 keystore";
    }

    private StepFailed unusable(Path file, String found) {
        boolean issuer = properties.source() == TrustSource.ISSUER;
        return new StepFailed(
                FailureCode.INPUT_REJECTED,
                Finding.blocking(
                        issuer ? "issuing CA" : ROOT,
                        "keystore " + file,
                        "a PKCS#12 keystore with "
                                + (issuer
                                        ? "an issuing CA, its key and the certificates up to its root"
                                        : "one root certificate and its key"),
                        found,
                        file.equals(next()) && !hasNext()
                                ? "Make the new root with create-trust --next-root FOLDER, and put it in the place of "
                                        + properties.keystore().getFileName()
                                        + " (in its Secret, if that is where it comes from), then try again"
                                : "Put the right keystore there, or set meshspan.trust.keystore and"
                                        + " meshspan.trust.keystore-password to it, then try again"));
    }
}

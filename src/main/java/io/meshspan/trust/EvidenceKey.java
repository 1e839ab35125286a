package io.meshspan.trust;

import io.meshspan.finding.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The key that signs records: EC P-256, in the file {@code evidence.p12} in the folder of the root's keystore and under the
 * same password. The service makes it at its first start and only reads it after that. If the service replaced a lost file
 * while it runs, nobody would notice that earlier seals need another key. A person who can write to the database cannot sign
 * with this key.
 */
@Component
public class EvidenceKey {

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceKey.class);
    static final String FILE = "evidence.p12";
    private static final String ALIAS = "evidence";
    private static final String ALGORITHM = "SHA256withECDSA";

    private final TrustProperties properties;
    private final Path file;

    EvidenceKey(TrustProperties properties) {
        this.properties = properties;
        this.file = properties.keystore().toAbsolutePath().resolveSibling(FILE);
    }

    /**
     * Signs with SHA256withECDSA.
     *
     * @throws EvidenceKeyUnusable as every method here
     */
    public String sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(open().key());
            signature.update(content);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw unusable("a key that cannot sign");
        }
    }

    /** The certificate in PEM. */
    public String certificate() {
        try {
            return new String(Pem.encode(open().certificate()), StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw unusable("a certificate that cannot be encoded");
        }
    }

    /** SHA-256 of the certificate's DER form, lower case hexadecimal without colons. */
    public String fingerprint() {
        return open().fingerprint();
    }

    /** Makes the file if there is none. Then checks that it opens and that key and certificate belong together. */
    void require() {
        char[] password = properties.keystorePassword().characters();
        try {
            new KeystoreFile(file, ALIAS).createUnlessThere(password, this::made);
        } catch (IOException | GeneralSecurityException e) {
            throw unusable("no such file, and it cannot be made there (%s)"
                    .formatted(e.getClass().getSimpleName()));
        } finally {
            Arrays.fill(password, '\0');
        }
        byte[] anything = {1};
        if (!signed(open().certificate(), anything, sign(anything))) {
            throw unusable("a key and a certificate that do not belong together");
        }
    }

    private static boolean signed(X509Certificate certificate, byte[] content, String signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(certificate.getPublicKey());
            check.update(content);
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private RootCa open() {
        char[] password = properties.keystorePassword().characters();
        try {
            return read(password);
        } catch (IOException e) {
            throw unusable(RootKeystore.reason(e));
        } catch (GeneralSecurityException e) {
            throw unusable("a keystore whose content cannot be read");
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private RootCa read(char[] password) throws IOException, GeneralSecurityException {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keystore.load(in, password);
        }
        if (keystore.getCertificate(ALIAS) instanceof X509Certificate certificate
                && keystore.getKey(ALIAS, password) instanceof PrivateKey key) {
            return new RootCa(certificate, key);
        }
        throw unusable("a keystore without the entry '%s'".formatted(ALIAS));
    }

    private EvidenceKeyUnusable unusable(String found) {
        return new EvidenceKeyUnusable(Finding.blocking(
                "evidence key",
                "keystore " + file,
                "a PKCS#12 keystore with the key that seals records",
                found,
                "Restore the right evidence.p12 from the backup or another node; "
                        + "meshspan.trust.keystore-password opens it. Create a new one only if no change has ended yet: "
                        + "start without the file, in a writable folder."));
    }

    private RootCa made() {
        RootCa made = Issuer.evidence(
                KeyType.EC_P256.generate(), Validity.startingBefore(Instant.now(), properties.rootValidity()));
        LOG.info("made the evidence key in keystore {}; its certificate is {}", file, made.fingerprint());
        return made;
    }
}

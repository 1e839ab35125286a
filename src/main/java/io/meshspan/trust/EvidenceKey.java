package io.meshspan.trust;

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
 * The key that signs records: EC P-256, made once, in the file {@code evidence.p12} beside the root's keystore and under
 * the same password. Whoever can write the database cannot sign with it.
 */
@Component
public class EvidenceKey {

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceKey.class);
    static final String FILE = "evidence.p12";
    private static final String ALIAS = "evidence";

    private final TrustProperties properties;
    private final Path file;

    EvidenceKey(TrustProperties properties) {
        this.properties = properties;
        this.file = properties.keystore().toAbsolutePath().resolveSibling(FILE);
    }

    /** SHA256withECDSA. */
    public String sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(open().key());
            signature.update(content);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the evidence key cannot sign", e);
        }
    }

    /** In PEM. */
    public String certificate() {
        try {
            return new String(Pem.encode(open().certificate()), StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the evidence key's certificate could not be encoded", e);
        }
    }

    /** SHA-256 of the certificate's DER form, lower case hexadecimal without colons. */
    public String fingerprint() {
        return open().fingerprint();
    }

    private RootCa open() {
        char[] password = properties.keystorePassword().characters();
        try {
            new KeystoreFile(file, ALIAS).createUnlessThere(password, this::made);
            return read(password);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "keystore %s does not hold the evidence key, or meshspan.trust.keystore-password does not open it"
                            .formatted(file));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private RootCa read(char[] password) throws IOException, GeneralSecurityException {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keystore.load(in, password);
        }
        return new RootCa(
                (X509Certificate) keystore.getCertificate(ALIAS), (PrivateKey) keystore.getKey(ALIAS, password));
    }

    private RootCa made() {
        RootCa made = Issuer.evidence(
                KeyType.EC_P256.generate(), Validity.startingBefore(Instant.now(), properties.rootValidity()));
        LOG.info("made the evidence key in keystore {}; its certificate is {}", file, made.fingerprint());
        return made;
    }
}

package io.meshspan.sandbox;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates of authorities whose keys nobody needs any more. */
final class SelfSigned {

    private SelfSigned() {}

    /** A root that signs the intermediates of clusters, and is forgotten after that. */
    static final class Root {

        private final KeyPair keys = keys();
        private final X500Principal name = new X500Principal("O=Acme, CN=Root CA");
        private final String pem;

        Root() {
            this.pem = pem("CERTIFICATE", signed(name, keys, name, keys, true));
        }

        /** The content of {@code cacerts} as the guide makes it. */
        Map<String, String> cacerts(String cluster) {
            KeyPair own = keys();
            String authority = pem(
                    "CERTIFICATE",
                    signed(new X500Principal("O=Istio, CN=Intermediate CA, L=" + cluster), own, name, keys, false));
            return Map.of(
                    "root-cert.pem",
                    pem,
                    "ca-cert.pem",
                    authority,
                    "cert-chain.pem",
                    authority + pem,
                    "ca-key.pem",
                    pem("PRIVATE KEY", own.getPrivate().getEncoded()));
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signed(X500Principal name, KeyPair own, X500Principal by, KeyPair signer, boolean root) {
        try {
            Instant now = Instant.now();
            return new JcaX509v3CertificateBuilder(
                            by,
                            new BigInteger(64, new SecureRandom()),
                            Date.from(now.minus(Duration.ofMinutes(2))),
                            Date.from(now.plus(Duration.ofDays(3650))),
                            name,
                            own.getPublic())
                    .addExtension(
                            Extension.basicConstraints,
                            true,
                            root ? new BasicConstraints(true) : new BasicConstraints(0))
                    .addExtension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), type);
    }

    /** The PEM of a new self-signed authority, valid for ten years as istiod's own is. */
    static String authority(String distinguishedName) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            X500Principal name = new X500Principal(distinguishedName);
            Instant now = Instant.now();
            X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(64, new SecureRandom()),
                            Date.from(now.minus(Duration.ofMinutes(2))),
                            Date.from(now.plus(Duration.ofDays(3650))),
                            name,
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (Exception e) {
            throw new IllegalStateException("no self-signed certificate", e);
        }
    }
}

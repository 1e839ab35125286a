package io.meshspan.login;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A CA for one test, and certificates of it. */
public final class TestAuthority {

    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final char[] PASSWORD = "for a test".toCharArray();

    private final KeyPair keys;
    private final X509Certificate certificate;

    public TestAuthority(String name) {
        keys = keys("EC");
        certificate = signed(name, keys, keys, "CN=" + name, Instant.now().plus(Duration.ofDays(1)), true);
    }

    /** A certificate and its key. */
    public record Issued(X509Certificate certificate, KeyPair keys) {

        public String certificatePem() {
            return pem(certificate);
        }

        /** In the form that its algorithm had first: PKCS #1 or SEC 1. */
        public String keyPem() {
            return keys.getPrivate() instanceof ECPrivateKey key ? pem(sec1(key)) : pem(keys.getPrivate());
        }

        /** With the curve's name in it, as openssl writes it. */
        private static PemObject sec1(ECPrivateKey key) {
            try {
                return new PemObject(
                        "EC PRIVATE KEY",
                        new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1)
                                .getEncoded());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String keyPkcs8() {
            try {
                return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public KeyManager[] keyManagers() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("own", keys.getPrivate(), PASSWORD, new Certificate[] {certificate});
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(store, PASSWORD);
                return factory.getKeyManagers();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public String pem() {
        return pem(certificate);
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param names DNS names or IP addresses */
    public Issued server(String... names) {
        KeyPair own = keys("EC");
        return new Issued(
                signed(
                        "server",
                        own,
                        keys,
                        certificate.getSubjectX500Principal().getName(),
                        soon(),
                        false,
                        names),
                own);
    }

    public Issued client(String name, String algorithm, Instant end) {
        KeyPair own = keys(algorithm);
        return new Issued(
                signed(name, own, keys, certificate.getSubjectX500Principal().getName(), end, false), own);
    }

    public Issued client(String name) {
        return client(name, "EC", soon());
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofHours(10));
    }

    private static X509Certificate signed(
            String name, KeyPair own, KeyPair signer, String issuer, Instant end, boolean authority, String... names) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(Instant.now().minus(Duration.ofHours(1))),
                    Date.from(end),
                    new X500Name("CN=" + name),
                    own.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (names.length > 0) {
                GeneralName[] all = Stream.of(names)
                        .map(each -> new GeneralName(
                                each.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, each))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(256);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}

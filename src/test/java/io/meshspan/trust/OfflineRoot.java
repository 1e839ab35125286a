package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** A company's PKI: a root, issuing CAs, and what they sign, made apart from the code under test. */
public final class OfflineRoot {

    /** Knows more curves than Java's own. */
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private static final Duration LONG = Duration.ofDays(1000);

    private final Signed itself;

    private OfflineRoot(Signed itself) {
        this.itself = itself;
    }

    /**
     * Makes the keystore of an issuing CA below a root of its own.
     *
     * @return the root's certificate
     */
    public static String issuingKeystore(Path file, String password) {
        Signed issuing = named("Offline Root").signs("Issuing CA", 1);
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore keystore = KeyStore.getInstance("PKCS12");
            keystore.load(null, null);
            keystore.setKeyEntry(
                    "ca",
                    issuing.keys().getPrivate(),
                    password.toCharArray(),
                    issuing.chain().toArray(X509Certificate[]::new));
            keystore.store(out, password.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
        return issuing.root().certificatePem();
    }

    static OfflineRoot named(String name) {
        return named(name, ec());
    }

    static OfflineRoot named(String name, KeyPair keys) {
        X509Certificate certificate = certificate(name, keys, "CN=" + name, keys, new BasicConstraints(true), Map.of());
        return new OfflineRoot(new Signed(List.of(certificate), keys));
    }

    /** Certificates of version 1 have no extensions, so no CA:true. */
    static OfflineRoot ofVersion1(String name) {
        KeyPair keys = ec();
        Instant now = Instant.now();
        X500Principal subject = new X500Principal("CN=" + name);
        try {
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v1CertificateBuilder(
                                    subject,
                                    java.math.BigInteger.ONE,
                                    Date.from(now.minusSeconds(60)),
                                    Date.from(now.plus(LONG)),
                                    subject,
                                    keys.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
            return new OfflineRoot(new Signed(List.of(certificate), keys));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    X509Certificate certificate() {
        return itself.certificate();
    }

    String certificatePem() {
        return itself.certificatePem();
    }

    Signed signs(String name, int pathLength) {
        return itself.signs(name, pathLength);
    }

    Signed signs(String name, int pathLength, Map<ASN1ObjectIdentifier, ? extends ASN1Encodable> extensions) {
        return itself.signs(name, ec(), new BasicConstraints(pathLength), extensions);
    }

    Signed signsLeaf(String name) {
        return itself.signs(name, ec(), new BasicConstraints(false), Map.of());
    }

    /** @param chain itself first, its root last */
    record Signed(List<X509Certificate> chain, KeyPair keys) {

        X509Certificate certificate() {
            return chain.get(0);
        }

        OfflineRoot root() {
            return new OfflineRoot(new Signed(List.of(chain.get(chain.size() - 1)), keys));
        }

        Signed signs(String name, int pathLength) {
            return signs(name, ec(), new BasicConstraints(pathLength), Map.of());
        }

        Signed signsWithRsa(String name, int pathLength) {
            return signs(name, generated("RSA", 2048), new BasicConstraints(pathLength), Map.of());
        }

        /** What an authority makes of a request for an intermediate. */
        X509Certificate signs(PKCS10CertificationRequest request) throws Exception {
            KeyPair requested = new KeyPair(
                    new org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter()
                            .getPublicKey(request.getSubjectPublicKeyInfo()),
                    keys.getPrivate());
            return OfflineRoot.certificate(
                    request.getSubject().toString(),
                    requested,
                    certificate().getSubjectX500Principal().getName(),
                    keys,
                    new BasicConstraints(0),
                    Map.of());
        }

        private Signed signs(
                String name,
                KeyPair its,
                BasicConstraints constraints,
                Map<ASN1ObjectIdentifier, ? extends ASN1Encodable> extensions) {
            List<X509Certificate> all = new ArrayList<>();
            all.add(OfflineRoot.certificate(
                    name, its, certificate().getSubjectX500Principal().getName(), keys, constraints, extensions));
            all.addAll(chain);
            return new Signed(all, its);
        }

        String certificatePem() {
            return pem(certificate());
        }

        /** Without the root, as most PKIs tell it. */
        String chainPem() {
            return pem(chain.subList(0, Math.max(1, chain.size() - 1)).toArray(X509Certificate[]::new));
        }

        String keyPem() {
            return GivenCa.keyPem(keys);
        }
    }

    static Service service(String namespace, String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
    }

    static Deployment istiodWith(String variable, String value) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName("istiod")
                .addToLabels("app", "istiod")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("discovery")
                .addNewEnv()
                .withName(variable)
                .withValue(value)
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static X509Certificate certificate(
            String name,
            KeyPair keys,
            String issuer,
            KeyPair issuerKeys,
            BasicConstraints constraints,
            Map<ASN1ObjectIdentifier, ? extends ASN1Encodable> extensions) {
        Instant now = Instant.now();
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    new java.math.BigInteger(100, new java.security.SecureRandom()),
                    Date.from(now.minusSeconds(60)),
                    Date.from(now.plus(LONG)),
                    new X500Name(name.contains("=") ? name : "CN=" + name),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, constraints);
            if (!extensions.containsKey(Extension.keyUsage)) {
                builder.addExtension(
                        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
            }
            for (Map.Entry<ASN1ObjectIdentifier, ? extends ASN1Encodable> extension : extensions.entrySet()) {
                builder.addExtension(extension.getKey(), true, extension.getValue());
            }
            String algorithm =
                    "RSA".equals(issuerKeys.getPrivate().getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm)
                            .setProvider(PROVIDER)
                            .build(issuerKeys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair ec() {
        return generated("EC", 256);
    }

    private static KeyPair generated(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(X509Certificate... certificates) {
        try {
            return new String(Pem.encode(certificates), StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.meshspan.trust;

import io.meshspan.mesh.ClusterName;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues the root and the intermediates with the attributes of Istio's {@code tools/certs/Makefile.selfsigned.mk}. */
final class Issuer {

    private static final String ISTIOD = "istiod.istio-system.svc";

    private Issuer() {}

    static RootCa root(KeyPair keys, Validity validity) {
        X500Name name = subject("Root CA").build();
        try {
            X509Certificate certificate = new CaCertificate(
                            name, name, keys.getPublic(), new BasicConstraints(true), validity)
                    .signedBy(keys.getPrivate());
            return new RootCa(certificate, keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the root certificate could not be made", e);
        }
    }

    /** For the key that signs records: no authority, and nothing to do with the mesh. */
    static RootCa evidence(KeyPair keys, Validity validity) {
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Meshspan")
                .addRDN(BCStyle.CN, "Evidence")
                .build();
        try {
            X509Certificate certificate = new CaCertificate(
                            name, name, keys.getPublic(), new BasicConstraints(false), validity)
                    .signedBy(keys.getPrivate());
            return new RootCa(certificate, keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the evidence key's certificate could not be made", e);
        }
    }

    /**
     * Path length 0: an intermediate signs workloads, never another authority. The authority key identifier is what
     * RFC 5280 4.2.1.1 asks for and OpenSSL adds by itself since 3.2.
     */
    static X509Certificate intermediate(RootCa root, ClusterName cluster, PublicKey key, Validity validity) {
        X509Certificate issuer = root.certificate();
        X500Name name =
                subject("Intermediate CA").addRDN(BCStyle.L, cluster.value()).build();
        try {
            // Byte for byte the root's name: verifiers compare the encodings.
            X500Name issuerName =
                    X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
            return new CaCertificate(issuerName, name, key, new BasicConstraints(0), validity.within(issuer))
                    .with(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, ISTIOD)))
                    .with(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier(issuer)))
                    .signedBy(root.key());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(
                    "the intermediate certificate of %s could not be made".formatted(cluster), e);
        }
    }

    /** What the issuer calls its key; a given root may not use the hash that is usual. */
    private static byte[] keyIdentifier(X509Certificate issuer) throws IOException, GeneralSecurityException {
        byte[] named = issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        return named == null
                ? new JcaX509ExtensionUtils()
                        .createSubjectKeyIdentifier(issuer.getPublicKey())
                        .getKeyIdentifier()
                : SubjectKeyIdentifier.getInstance(JcaX509ExtensionUtils.parseExtensionValue(named))
                        .getKeyIdentifier();
    }

    private static X500NameBuilder subject(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.O, "Istio").addRDN(BCStyle.CN, commonName);
    }

    /**
     * A certificate authority's certificate in the making, with what root and intermediates have in common in Istio's
     * {@code tools/certs}: the hashed subject key identifier, the critical basic constraints and the critical key usage,
     * which has no cRLSign.
     */
    private static final class CaCertificate {

        private static final int SERIAL_BITS = 159;
        private static final KeyUsage USAGE = new KeyUsage(
                KeyUsage.digitalSignature | KeyUsage.nonRepudiation | KeyUsage.keyEncipherment | KeyUsage.keyCertSign);

        private static final KeyUsage SIGNING = new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation);

        private final JcaX509v3CertificateBuilder builder;

        CaCertificate(X500Name issuer, X500Name subject, PublicKey key, BasicConstraints constraints, Validity validity)
                throws IOException, GeneralSecurityException {
            builder = new JcaX509v3CertificateBuilder(
                    issuer, serial(), date(validity.from()), date(validity.until()), subject, key);
            with(Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
            with(Extension.basicConstraints, true, constraints);
            with(Extension.keyUsage, true, constraints.isCA() ? USAGE : SIGNING);
        }

        CaCertificate with(ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value) throws IOException {
            builder.addExtension(extension, critical, value);
            return this;
        }

        X509Certificate signedBy(PrivateKey key) throws GeneralSecurityException, OperatorCreationException {
            String algorithm = "RSA".equals(key.getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
        }

        /** Positive and at most 20 octets, as RFC 5280 4.1.2.2 wants it. */
        private static BigInteger serial() {
            return new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0);
        }

        private static Date date(Instant instant) {
            return Date.from(instant);
        }
    }
}

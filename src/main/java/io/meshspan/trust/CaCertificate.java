package io.meshspan.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Builds the certificate of a certificate authority. It sets what root and intermediates have in common in Istio's
 * {@code tools/certs}: the hashed subject key identifier, the critical basic constraints and the critical key usage, which
 * has no cRLSign.
 */
final class CaCertificate {

    private static final int SERIAL_BITS = 159;
    static final KeyUsage USAGE = new KeyUsage(
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
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer(key)));
    }

    static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        String algorithm = "RSA".equals(key.getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA";
        return new JcaContentSignerBuilder(algorithm).build(key);
    }

    /** Positive and at most 20 octets, as RFC 5280 4.1.2.2 requires. */
    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0);
    }

    private static Date date(Instant instant) {
        return Date.from(instant);
    }
}

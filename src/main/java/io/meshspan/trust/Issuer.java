package io.meshspan.trust;

import io.meshspan.mesh.ClusterName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Issues the root and the intermediates with the attributes of Istio's {@code tools/certs/Makefile.selfsigned.mk}. */
final class Issuer {

    static final String ISTIOD = "istiod.istio-system.svc";

    private Issuer() {}

    static RootCa root(KeyPair keys, Validity validity) {
        return root("Root CA", keys, validity);
    }

    static RootCa root(String commonName, KeyPair keys, Validity validity) {
        X500Name name = subject(commonName).build();
        try {
            X509Certificate certificate = new CaCertificate(
                            name, name, keys.getPublic(), new BasicConstraints(true), validity)
                    .signedBy(keys.getPrivate());
            return new RootCa(certificate, keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the root certificate could not be made", e);
        }
    }

    /** A certificate for the key that signs records. It is no authority, and the mesh does not use it. */
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
     * Path length 0: an intermediate signs workloads, never another authority. RFC 5280 4.2.1.1 asks for the authority key
     * identifier; OpenSSL adds it by default since 3.2.
     */
    static X509Certificate intermediate(RootCa root, ClusterName cluster, PublicKey key, Validity validity) {
        X509Certificate issuer = root.certificate();
        X500Name name = intermediateName(cluster);
        try {
            // The same bytes as the root's name: verifiers compare the encodings.
            X500Name issuerName =
                    X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
            Validity within = validity;
            for (X509Certificate above : root.path()) {
                within = within.within(above);
            }
            return new CaCertificate(issuerName, name, key, new BasicConstraints(0), within)
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

    /** A request to an authority outside this service. That authority may change the content before it signs. */
    static byte[] request(ClusterName cluster, KeyPair keys) {
        try {
            ExtensionsGenerator wanted = new ExtensionsGenerator();
            wanted.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            wanted.addExtension(Extension.keyUsage, true, CaCertificate.USAGE);
            wanted.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, ISTIOD)));
            byte[] der = new JcaPKCS10CertificationRequestBuilder(intermediateName(cluster), keys.getPublic())
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wanted.generate())
                    .build(CaCertificate.signer(keys.getPrivate()))
                    .getEncoded();
            return Pem.block("CERTIFICATE REQUEST", der);
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("the certificate request of %s could not be made".formatted(cluster), e);
        }
    }

    private static X500Name intermediateName(ClusterName cluster) {
        return subject("Intermediate CA").addRDN(BCStyle.L, cluster.value()).build();
    }

    /** The issuer's own identifier for its key; a given root may use another hash than the usual one. */
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
}

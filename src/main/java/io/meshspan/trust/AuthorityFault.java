package io.meshspan.trust;

import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * Why istiod, or the peers of a workload, refuse a chain in which every signature is right. istiod checks its chain with
 * Go's {@code crypto/x509}, Envoy checks it with BoringSSL. Both require what RFC 5280 requires of an authority.
 */
record AuthorityFault(String expected, String found) {

    private static final int KEY_CERT_SIGN = 5;
    private static final String ANY_USE = "2.5.29.37.0";
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final Set<String> CURVES = Set.of(
            SECObjectIdentifiers.secp256r1.getId(),
            SECObjectIdentifiers.secp384r1.getId(),
            SECObjectIdentifiers.secp521r1.getId());
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    /**
     * @param path the certificates from an authority up to its root
     * @param beneath the number of authorities below the first one
     * @param trustDomain of the workloads; empty if it is not known
     */
    static List<AuthorityFault> of(List<X509Certificate> path, int beneath, String trustDomain) {
        List<AuthorityFault> faults = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            X509Certificate certificate = path.get(i);
            String name = name(certificate);
            boolean trusted = i == path.size() - 1;
            if (!trusted || certificate.getVersion() > 1) { // a root of version 1 has no extensions
                signing(certificate, name, beneath + i).ifPresent(faults::add);
            }
            uses(certificate, name).ifPresent(faults::add);
            names(certificate, name, trustDomain).ifPresent(faults::add);
            if (!trusted && certificate.getSigAlgName().matches("(?i).*(SHA1|MD5|MD2).*")) {
                faults.add(new AuthorityFault(
                        "a signature with SHA-256 or better on " + name, certificate.getSigAlgName()));
            }
        }
        return faults;
    }

    /**
     * Checks a CA that will sign intermediates, with its path up to the root. It does not check the trust domain: only a
     * mesh has one.
     */
    static List<AuthorityFault> ofIssuer(List<X509Certificate> path) {
        return of(path, 1, "");
    }

    /** The distinguished name, or a description if it is empty. */
    static String name(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName();
        return name.isEmpty() ? "the certificate with an empty subject" : name;
    }

    private static Optional<AuthorityFault> signing(X509Certificate certificate, String name, int beneath) {
        int pathLength = certificate.getBasicConstraints();
        boolean[] usage = certificate.getKeyUsage();
        if (pathLength < 0) {
            return Optional.of(
                    new AuthorityFault("an authority (CA:true): " + name, "CA:false, which may sign nothing"));
        }
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            return Optional.of(new AuthorityFault(
                    "key usage keyCertSign on " + name, "a key usage without it: it may not sign certificates"));
        }
        return pathLength >= beneath
                ? Optional.empty()
                : Optional.of(new AuthorityFault(
                        "a path length of %d or more, or none, on %s".formatted(beneath, name),
                        "pathlen:%d with %d %s below it"
                                .formatted(pathLength, beneath, beneath == 1 ? "authority" : "authorities")));
    }

    /** Go and BoringSSL know three curves; a signature of another one verifies nowhere. */
    static Optional<AuthorityFault> ofKey(X509Certificate certificate) {
        AlgorithmIdentifier kind = SubjectPublicKeyInfo.getInstance(
                        certificate.getPublicKey().getEncoded())
                .getAlgorithm();
        if (!X9ObjectIdentifiers.id_ecPublicKey.equals(kind.getAlgorithm())) {
            return Optional.empty();
        }
        String curve = kind.getParameters() instanceof ASN1ObjectIdentifier named ? named.getId() : "of its own";
        return CURVES.contains(curve)
                ? Optional.empty()
                : Optional.of(new AuthorityFault(
                        "a key on the curve P-256, P-384 or P-521 on " + name(certificate),
                        "a key on the curve %s, which istiod cannot read".formatted(curve)));
    }

    /** An authority's extended key usage applies to every certificate below it. Workloads are both servers and clients. */
    private static Optional<AuthorityFault> uses(X509Certificate certificate, String name) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null || uses.contains(ANY_USE) || uses.containsAll(List.of(SERVER, CLIENT))
                    ? Optional.empty()
                    : Optional.of(new AuthorityFault(
                            "no extended key usage on %s, or serverAuth and clientAuth".formatted(name),
                            "another one, which then holds for each workload"));
        } catch (CertificateParsingException e) {
            return Optional.of(
                    new AuthorityFault("an extended key usage on %s that can be read".formatted(name), "none"));
        }
    }

    /** istiod also signs its own serving certificate with its intermediate. */
    private static Optional<AuthorityFault> names(X509Certificate certificate, String name, String trustDomain) {
        byte[] extension = certificate.getExtensionValue(Extension.nameConstraints.getId());
        if (extension == null) {
            return Optional.empty();
        }
        String workload = "spiffe://" + trustDomain + "/ns/default/sa/default";
        try {
            NameConstraints constraints =
                    NameConstraints.getInstance(JcaX509ExtensionUtils.parseExtensionValue(extension));
            PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
            if (constraints.getPermittedSubtrees() != null) {
                validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
            }
            if (constraints.getExcludedSubtrees() != null) {
                for (GeneralSubtree subtree : constraints.getExcludedSubtrees()) {
                    validator.addExcludedSubtree(subtree);
                }
            }
            List<GeneralName> used = new ArrayList<>(List.of(new GeneralName(GeneralName.dNSName, Issuer.ISTIOD)));
            if (!trustDomain.isEmpty()) {
                used.add(new GeneralName(GeneralName.uniformResourceIdentifier, workload));
            }
            for (GeneralName each : used) {
                validator.checkPermitted(each);
                validator.checkExcluded(each);
            }
            return Optional.empty();
        } catch (NameConstraintValidatorException | IOException | IllegalArgumentException e) {
            return Optional.of(new AuthorityFault(
                    "name constraints on %s, if any, that permit %s%s"
                            .formatted(name, Issuer.ISTIOD, trustDomain.isEmpty() ? "" : " and " + workload),
                    "name constraints that do not"));
        }
    }
}

package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges a secret {@code cacerts} as istiod and the peers of the workloads do.
 *
 * @param content the content; none if it cannot be read
 * @param chain from its authority to a root; empty if it does not reach a root
 */
record CacertsInspection(Optional<CacertsContent> content, CertificateChain chain, List<Finding> findings) {

    private static final int LEAST_RSA = 2048;
    private static final CertificateChain NOWHERE = new CertificateChain(List.of());
    private static final String REPLACE =
            "replace it with a correct one (istiod reloads a new intermediate of the same root by itself; "
                    + "for another root, istiod and all workloads must be restarted)";
    private static final String REISSUE =
            "delete this secret and run again: a new intermediate is then signed; or " + REPLACE;

    CacertsInspection {
        findings = List.copyOf(findings);
    }

    /**
     * @param trustDomain the mesh's trust domain; the chain must be valid for it
     * @param signing whether Meshspan signs a new intermediate where there is none
     */
    static CacertsInspection of(ClusterName cluster, Secret secret, String trustDomain, boolean signing, Instant now) {
        Judge judge = new Judge(cluster, signing ? REISSUE : REPLACE);
        try {
            CacertsContent content = CacertsContent.of(secret);
            return new CacertsInspection(
                    Optional.of(content), judge.chain(content, trustDomain, now), List.copyOf(judge.findings));
        } catch (UnreadableCacerts e) {
            judge.wrong("certificates and a key that istiod can read", e.found());
            return new CacertsInspection(Optional.empty(), NOWHERE, judge.findings);
        }
    }

    /** The root that the chain reaches; none if it reaches no root. */
    Optional<X509Certificate> root() {
        return chain.reachesRoot() ? Optional.of(chain.root()) : Optional.empty();
    }

    private static final class Judge {

        private final ClusterName cluster;
        private final String advice;
        private final List<Finding> findings = new ArrayList<>();

        Judge(ClusterName cluster, String advice) {
            this.cluster = cluster;
            this.advice = advice;
        }

        CertificateChain chain(CacertsContent content, String trustDomain, Instant now) {
            X509Certificate authority = content.authority();
            dates("its authority's certificate", authority, now);
            content.keyProblem().ifPresent(problem -> wrong("the private key of its certificate, RSA or EC", problem));
            CertificateChain chain = CertificateChain.from(authority, content.chain(), content.roots());
            for (X509Certificate root : content.roots()) {
                if (!root.equals(authority)) {
                    root(root, chain.path().contains(root), now);
                }
            }
            if (!chain.reachesRoot()) {
                noWay(content);
                return chain;
            }
            List<X509Certificate> above = chain.path();
            for (X509Certificate between : above.subList(Math.min(1, above.size() - 1), above.size() - 1)) {
                dates("the certificate of " + AuthorityFault.name(between), between, now);
            }
            AuthorityFault.of(above, 0, trustDomain).forEach(fault -> wrong(fault.expected(), fault.found()));
            // istiod sends the chain with each workload's certificate; the peers have only the root.
            if (!content.chain().containsAll(above.subList(0, above.size() - 1))) {
                wrong("the authority's certificate in its certificate chain", "a chain without it");
            }
            subjects(above);
            return chain;
        }

        /** One of several roots may expire before the others. The root of the chain must not. */
        private void root(X509Certificate root, boolean used, Instant now) {
            CertificateDates.judge(
                            cluster.value(), at("its root " + CertificateFingerprint.of(root)), root, now, advice)
                    .map(finding -> used
                            ? finding
                            : Finding.warning(
                                    finding.where(),
                                    finding.what(),
                                    finding.expected(),
                                    finding.found() + ", while the chain leads to another root of the bundle",
                                    "Take it out of the bundle."))
                    .ifPresent(findings::add);
        }

        private void noWay(CacertsContent content) {
            List<AuthorityFault> unreadable = Stream.of(
                            Stream.of(content.authority()), content.chain().stream(), content.roots().stream())
                    .flatMap(certificates -> certificates)
                    .distinct()
                    .flatMap(certificate -> AuthorityFault.ofKey(certificate).stream())
                    .toList();
            if (!unreadable.isEmpty()) {
                unreadable.forEach(fault -> wrong(fault.expected(), fault.found()));
                return;
            }
            wrong(
                    "a chain from its authority to root "
                            + CertificateFingerprint.of(content.roots().get(0)),
                    "signatures that do not lead there: %s was signed by %s"
                            .formatted(
                                    AuthorityFault.name(content.authority()),
                                    content.authority().getIssuerX500Principal().getName()));
        }

        /** Go and BoringSSL accept an empty or repeated subject, other verifiers do not. */
        private void subjects(List<X509Certificate> path) {
            for (X509Certificate certificate : path) {
                if (certificate.getSubjectX500Principal().getName().isEmpty()) {
                    doubtful("a subject in each authority's certificate (RFC 5280 4.1.2.6)", "an empty one");
                }
            }
            for (X509Certificate certificate : path) {
                if (certificate.getPublicKey() instanceof RSAKey rsa
                        && rsa.getModulus().bitLength() < LEAST_RSA) {
                    doubtful(
                            "RSA with %d bits or more on %s".formatted(LEAST_RSA, AuthorityFault.name(certificate)),
                            "RSA with %d bits".formatted(rsa.getModulus().bitLength()));
                }
            }
            X509Certificate root = path.get(path.size() - 1);
            for (X509Certificate certificate : path.subList(0, path.size() - 1)) {
                if (certificate.getSubjectX500Principal().equals(root.getSubjectX500Principal())) {
                    doubtful("subjects that differ from the root's", AuthorityFault.name(root) + " twice in the chain");
                }
            }
            if (!CertificateChain.isSelfSigned(root)) {
                doubtful("a self-signed root", "the issuing CA %s in its place".formatted(AuthorityFault.name(root)));
            }
        }

        private void dates(String part, X509Certificate certificate, Instant now) {
            CertificateDates.judge(cluster.value(), at(part), certificate, now, advice)
                    .ifPresent(findings::add);
        }

        private void doubtful(String expected, String found) {
            findings.add(Finding.warning(
                    cluster.value(), Cacerts.OBJECT, expected, found, "When the certificates are renewed: " + advice));
        }

        private void wrong(String expected, String found) {
            findings.add(Finding.blocking(cluster.value(), Cacerts.OBJECT, expected, found, capitalized(advice)));
        }

        private static String at(String part) {
            return "%s, %s".formatted(Cacerts.OBJECT, part);
        }

        private static String capitalized(String text) {
            return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
        }
    }
}

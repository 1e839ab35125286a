package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of cert-manager. It signs a CertificateRequest in each cluster after a person or a policy has approved the
 * request there. The process waits for that; {@link #issue} expects the answer. The request and its key are deleted when
 * {@code cacerts} is written.
 */
final class CertManagerSigner implements CaSigner {

    private final TrustProperties properties;
    private final RootCertificates roots;

    CertManagerSigner(TrustProperties properties) {
        this.properties = properties;
        this.roots = new RootCertificates(properties);
    }

    @Override
    public String describe() {
        return "cert-manager, " + properties.certManager();
    }

    @Override
    public List<Finding> check(Clusters clusters, List<ClusterName> lacking, Instant now) {
        return Clusters.joined(clusters.inEach(lacking, new CertManagerCheck(properties.certManager())::check));
    }

    /** Known only from the answer, unless the settings name the roots. */
    @Override
    public List<X509Certificate> roots() {
        return roots.certificates();
    }

    @Override
    public List<AppliedObject> request(Clusters clusters, List<ClusterName> lacking, UnaryOperator<Secret> marked) {
        return Clusters.joined(
                clusters.inEach(lacking, cluster -> new CertManagerRequest(cluster, properties).make(marked)));
    }

    /** Changes that an earlier release began do not wait in the model: they request here, and their step is tried again. */
    @Override
    public SortedMap<ClusterName, Secret> issue(
            Clusters clusters, List<ClusterName> lacking, UnaryOperator<Secret> marked) {
        SortedMap<ClusterName, Issued> answers = clusters.inEach(lacking, cluster -> issued(cluster, marked));
        SortedMap<ClusterName, Secret> issued = new TreeMap<>();
        List<String> waiting = new ArrayList<>();
        answers.forEach((name, answer) -> {
            if (answer.cacerts() == null) {
                waiting.add("%s: %s".formatted(name, answer.waiting()));
            } else {
                issued.put(name, answer.cacerts());
            }
        });
        if (!waiting.isEmpty()) {
            throw new TransientException("%s has not signed yet. %s".formatted(describe(), String.join("; ", waiting)));
        }
        return issued;
    }

    private record Issued(@Nullable Secret cacerts, String waiting) {}

    private Issued issued(Cluster cluster, UnaryOperator<Secret> marked) {
        CertManagerRequest request = new CertManagerRequest(cluster, properties);
        Optional<CertManagerRequest.Answer> answer = request.answer();
        if (answer.isEmpty()) {
            request.make(marked);
            return new Issued(null, CertManagerRequest.KIND + " was made");
        }
        CertManagerRequest.Answer answered = answer.get();
        if (answered.refusal().isPresent()) {
            throw new StepFailed(
                    FailureCode.INPUT_REJECTED,
                    refused(
                            cluster.name(),
                            answered.object(),
                            answered.refusal().get()));
        }
        return answered.signed()
                .map(signed -> new Issued(cacerts(cluster, request, answered.object(), signed), ""))
                .orElseGet(() -> new Issued(null, "%s is %s".formatted(answered.object(), answered.waiting())));
    }

    private Secret cacerts(
            Cluster cluster, CertManagerRequest request, ObjectRef ref, GenericKubernetesResource answered) {
        try {
            List<X509Certificate> signed = new ArrayList<>(certificates(answered, "certificate"));
            List<X509Certificate> ca = certificates(answered, "ca");
            if (signed.isEmpty()) {
                throw new IOException("no certificate");
            }
            signed.addAll(ca);
            CertificateChain chain = roots.chain(signed);
            if (!chain.reachesRoot() && roots.certificates().isEmpty()) {
                chain = CertificateChain.from(signed.get(0), signed, ca);
            }
            if (!chain.reachesRoot()) {
                throw new IOException("no root");
            }
            return Cacerts.secret(chain.path(), request.privateKey(), List.of(chain.root()));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new StepFailed(
                    FailureCode.INPUT_REJECTED,
                    wrong(
                            cluster,
                            ref.toString(),
                            "a certificate in PEM with its chain up to the root",
                            "an answer without it",
                            "Set meshspan.trust.root-certificates to a PEM file with the root, if the issuer does not"
                                    + " tell it; then try again."));
        }
    }

    @Override
    public void written(Cluster cluster) {
        new CertManagerRequest(cluster, properties).delete();
    }

    static Finding refused(ClusterName cluster, ObjectRef request, String refusal) {
        return Finding.blocking(
                cluster.value(),
                request.toString(),
                "a request that is approved and signed",
                refusal,
                "See what its approver or issuer says, and try again: that makes a new request.");
    }

    static Finding wrong(Cluster cluster, String what, String expected, String found, String advice) {
        return Finding.blocking(cluster.name().value(), what, expected, found, advice);
    }

    private static List<X509Certificate> certificates(GenericKubernetesResource request, String field)
            throws IOException, GeneralSecurityException {
        Object pem = request.get("status", field);
        return pem instanceof String text ? Pem.certificates(Base64.getDecoder().decode(text)) : List.of();
    }
}

package io.meshspan.trust;

import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The requests for intermediates that others sign in the clusters, and that a process waits for. */
@Component
public class CertificateRequests {

    private final Clusters clusters;
    private final TrustProperties properties;

    CertificateRequests(Clusters clusters, TrustProperties properties) {
        this.clusters = clusters;
        this.properties = properties;
    }

    /**
     * A request without a certificate.
     *
     * @param evidence the same as long as the same answer stands
     * @param refused whether it will never have one
     */
    public record OpenRequest(String evidence, boolean refused, Finding finding) {}

    /** For the diagrams: whether the source of trust answers only after a person or a policy in the cluster has agreed. */
    public boolean needed() {
        return properties.source() == TrustSource.CERT_MANAGER;
    }

    /** Empty as soon as every request has a certificate, and where nothing was requested. */
    public List<OpenRequest> open(Mesh mesh) {
        if (!needed()) {
            return List.of();
        }
        SortedMap<ClusterName, CertManagerRequest.Answer> answers = new TreeMap<>();
        clusters.inEach(
                        MeshTrust.withTrust(mesh, properties),
                        cluster -> new CertManagerRequest(cluster, properties).answer())
                .forEach((name, answer) ->
                        answer.filter(there -> there.signed().isEmpty()).ifPresent(there -> answers.put(name, there)));
        return answers.entrySet().stream()
                .map(each -> open(each.getKey(), each.getValue()))
                .toList();
    }

    private OpenRequest open(ClusterName cluster, CertManagerRequest.Answer answer) {
        Finding finding = answer.refusal()
                .map(refusal -> CertManagerSigner.refused(cluster, answer.object(), refusal))
                .orElseGet(() -> Finding.blocking(
                        cluster.value(),
                        answer.object().toString(),
                        "a certificate of " + properties.certManager(),
                        answer.waiting(),
                        "Have it approved (cmctl approve, or a policy of cert-manager), or see what its issuer says."));
        return new OpenRequest(
                "%s %s %s".formatted(cluster, answer.object(), answer.evidence()),
                answer.refusal().isPresent(),
                finding);
    }
}

package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Gives every control plane of a mesh an intermediate of one root, in {@code Secret istio-system/cacerts}. */
@Component
public class MeshTrust {

    public static final ObjectRef CACERTS = new ObjectRef("v1", "Secret", Cacerts.NAMESPACE, Cacerts.NAME);

    private final Clusters clusters;
    private final RootKeystore keystore;
    private final TrustProperties properties;

    MeshTrust(Clusters clusters, RootKeystore keystore, TrustProperties properties) {
        this.clusters = clusters;
        this.keystore = keystore;
        this.properties = properties;
    }

    /**
     * Looks at all clusters, then creates {@code cacerts} where there is none; an existing one is never written. The
     * namespace must be there.
     *
     * @return CREATED or UNCHANGED for each cluster, by name
     * @throws StepFailed ROOTS_DIFFER with every finding, before anything is written anywhere
     */
    public List<AppliedObject> configure(Mesh mesh) {
        RootCa root = keystore.open();
        TrustPlan plan = plan(mesh, root);
        if (!plan.blocking().isEmpty()) {
            throw new StepFailed(FailureCode.ROOTS_DIFFER, plan.blocking());
        }
        SortedMap<ClusterName, AppliedObject> applied = new TreeMap<>();
        plan.cacerts()
                .keySet()
                .forEach(name -> applied.put(name, new AppliedObject(name, CACERTS, ApplyOutcome.UNCHANGED)));
        List<ClusterName> missing = plan.toCreate();
        if (!missing.isEmpty()) {
            applied.putAll(clusters.inEach(missing, cluster -> create(mesh, cluster, root)));
        }
        return List.copyOf(applied.values());
    }

    /** Everything that stands against one trust for this mesh, and what will soon; changes nothing in any cluster. */
    public List<Finding> check(Mesh mesh) {
        RootCa root;
        try {
            root = keystore.open();
        } catch (StepFailed unusable) {
            return unusable.findings();
        }
        return plan(mesh, root).findings();
    }

    /**
     * What {@link #configure} would do; changes nothing in any cluster.
     *
     * @throws StepFailed if the root's keystore cannot be used
     */
    public TrustPlan plan(Mesh mesh) {
        return plan(mesh, keystore.open());
    }

    /**
     * SHA-256 of the root certificate's DER form, lower case hexadecimal without colons.
     *
     * @throws StepFailed if the root's keystore cannot be used
     */
    public String rootFingerprint() {
        return keystore.fingerprint();
    }

    private TrustPlan plan(Mesh mesh, RootCa root) {
        Instant now = Instant.now();
        SortedMap<ClusterName, ClusterTrust> observed =
                clusters.inEach(withTrust(mesh), cluster -> ClusterTrust.observe(cluster, root, now));
        List<Finding> findings = new ArrayList<>();
        keystore.dates(root, now).ifPresent(findings::add);
        observed.values().forEach(trust -> findings.addAll(trust.findings()));
        RootComparison.judge(observed, root).ifPresent(findings::add);
        SortedMap<ClusterName, ApplyOutcome> cacerts = new TreeMap<>();
        observed.forEach(
                (name, trust) -> cacerts.put(name, trust.present() ? ApplyOutcome.UNCHANGED : ApplyOutcome.CREATED));
        return new TrustPlan(root.fingerprint(), cacerts, findings);
    }

    /** Looks once more right before it writes: what somebody put there meanwhile is judged anew by the next try. */
    private AppliedObject create(Mesh mesh, Cluster cluster, RootCa root) {
        Validity validity = Validity.startingBefore(Instant.now(), properties.intermediateValidity());
        Secret cacerts = Cacerts.issue(root, cluster.name(), properties.keyType(), validity);
        if (cluster.find(Secret.class, Cacerts.NAMESPACE, Cacerts.NAME).isPresent()) {
            throw new TransientException(
                    "%s: %s appeared while it was being made".formatted(cluster.name(), Cacerts.OBJECT));
        }
        return cluster.apply(new ApplySet(mesh.id()).member(cacerts));
    }

    /** The clusters that get {@code cacerts}. */
    public List<ClusterName> withTrust(Mesh mesh) {
        return mesh.staying().stream()
                .filter(member -> properties.remotes() || member.role() == Role.PRIMARY)
                .map(Member::cluster)
                .toList();
    }
}

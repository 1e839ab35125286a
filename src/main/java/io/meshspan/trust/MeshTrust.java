package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Gives every control plane of a mesh an intermediate of one root, in {@code Secret istio-system/cacerts}. */
@Component
public class MeshTrust {

    private static final String SHARED_ADVICE =
            "These clusters share one root that is not Meshspan's. Keep it: put this"
                    + " root with its key into a PKCS#12 keystore, set meshspan.trust.keystore and"
                    + " meshspan.trust.keystore-password to it, and run again; clusters without cacerts then get intermediates"
                    + " under it";
    private static final String DIFFERING_ADVICE = "Workloads of clusters with different roots refuse each other."
            + " Choose one root, configure it in Meshspan (meshspan.trust.keystore), delete cacerts where the root is"
            + " another, run again, and restart istiod and all workloads there";

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
        differingRoots(observed, root).ifPresent(findings::add);
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

    /** Do the clusters that already have {@code cacerts} share one root, and is it ours? */
    private static Optional<Finding> differingRoots(Map<ClusterName, ClusterTrust> observed, RootCa ours) {
        SortedMap<ClusterName, String> roots = new TreeMap<>();
        observed.forEach((cluster, trust) ->
                trust.root().ifPresent(root -> roots.put(cluster, CertificateFingerprint.of(root))));
        Set<String> distinct = new TreeSet<>(roots.values());
        if (distinct.isEmpty() || distinct.equals(Set.of(ours.fingerprint()))) {
            return Optional.empty();
        }
        return Optional.of(Finding.blocking(
                joined(roots.keySet()),
                Cacerts.OBJECT,
                "Meshspan's root %s in every cluster".formatted(ours.fingerprint()),
                roots.entrySet().stream()
                        .map(e -> "%s has root %s".formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", ")),
                distinct.size() == 1 ? SHARED_ADVICE : DIFFERING_ADVICE));
    }

    private static String joined(Set<ClusterName> clusters) {
        return clusters.stream().map(ClusterName::value).collect(Collectors.joining(", "));
    }

    /**
     * What the trust step would do; names and fingerprints only.
     *
     * @param rootFingerprint SHA-256 of the root's DER form, lower case hexadecimal
     * @param cacerts for each cluster whether {@code Secret istio-system/cacerts} would be CREATED or stay UNCHANGED
     * @param findings in all clusters; any blocking one and nothing would be written anywhere
     */
    record TrustPlan(String rootFingerprint, SortedMap<ClusterName, ApplyOutcome> cacerts, List<Finding> findings) {

        public TrustPlan {
            cacerts = Collections.unmodifiableSortedMap(new TreeMap<>(cacerts));
            findings = List.copyOf(findings);
        }

        List<Finding> blocking() {
            return findings.stream()
                    .filter(f -> f.severity() == Severity.BLOCKING)
                    .toList();
        }

        List<ClusterName> toCreate() {
            return cacerts.entrySet().stream()
                    .filter(e -> e.getValue() == ApplyOutcome.CREATED)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }
}

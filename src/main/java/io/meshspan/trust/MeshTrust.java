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
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.mesh.ValuesPart;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Makes sure that the control planes of a mesh have intermediates of one root, in {@code Secret istio-system/cacerts}. It
 * checks existing secrets and never writes them. Missing ones come from the source that the settings name.
 */
@Component
public class MeshTrust {

    public static final ObjectRef CACERTS = new ObjectRef("v1", "Secret", Cacerts.NAMESPACE, Cacerts.NAME);

    /** Holds the key of a certificate that is requested and not written yet; what was requested goes with it. */
    public static final ObjectRef REQUEST_KEY = CertManagerRequest.KEY_SECRET;

    private final Clusters clusters;
    private final RootKeystore keystore;
    private final TrustProperties properties;
    private final ValuesLayers values;
    private final Optional<CaSigner> signer;

    @Autowired
    MeshTrust(Clusters clusters, RootKeystore keystore, TrustProperties properties, ValuesLayers values) {
        this(clusters, keystore, properties, values, signer(keystore, properties));
    }

    MeshTrust(
            Clusters clusters,
            RootKeystore keystore,
            TrustProperties properties,
            ValuesLayers values,
            Optional<CaSigner> signer) {
        this.clusters = clusters;
        this.keystore = keystore;
        this.properties = properties;
        this.values = values;
        this.signer = signer;
    }

    private static Optional<CaSigner> signer(RootKeystore keystore, TrustProperties properties) {
        return switch (properties.source()) {
            case GIVEN -> Optional.empty();
            case KEYSTORE, ISSUER -> Optional.of(new KeystoreSigner(keystore, properties));
            case VAULT -> Optional.of(new VaultSigner(properties));
            case CERT_MANAGER -> Optional.of(new CertManagerSigner(properties));
        };
    }

    /**
     * Asks for the intermediates that others sign in the clusters, so that the process can wait for them. Other sources
     * answer at once, and nothing is asked for. The namespace must exist.
     *
     * @throws StepFailed ROOTS_DIFFER with every finding, before it writes anything in any cluster
     */
    public List<AppliedObject> request(Mesh mesh) {
        Instant now = Instant.now();
        SortedMap<ClusterName, ClusterTrust> observed = observe(mesh, now);
        requireNone(findings(observed, now));
        return signer.map(source -> source.request(clusters, lacking(observed), new ApplySet(mesh.id())::member))
                .orElse(List.of());
    }

    /**
     * Checks all clusters. Then has intermediates signed and creates {@code cacerts} where there is none; it never writes an
     * existing one. The namespace must exist.
     *
     * @return CREATED or UNCHANGED for each cluster, by name; none for a cluster where another CA than istiod signs
     * @throws StepFailed ROOTS_DIFFER with every finding, before it writes anything in any cluster
     */
    public List<AppliedObject> configure(Mesh mesh) {
        Instant now = Instant.now();
        SortedMap<ClusterName, ClusterTrust> observed = observe(mesh, now);
        requireNone(findings(observed, now));
        SortedMap<ClusterName, AppliedObject> applied = new TreeMap<>();
        observed.forEach((name, trust) -> trust.cacerts()
                .ifPresent(there -> applied.put(name, new AppliedObject(name, CACERTS, ApplyOutcome.UNCHANGED))));
        List<ClusterName> lacking = lacking(observed);
        if (properties.source() == TrustSource.CERT_MANAGER) {
            tidy(List.copyOf(applied.keySet()));
        }
        if (!lacking.isEmpty()) {
            ApplySet set = new ApplySet(mesh.id());
            SortedMap<ClusterName, Secret> issued = signer.orElseThrow().issue(clusters, lacking, set::member);
            requireNone(judged(mesh, observed, issued, now));
            applied.putAll(clusters.inEach(
                    lacking, cluster -> create(cluster, set, Objects.requireNonNull(issued.get(cluster.name())))));
        }
        return List.copyOf(applied.values());
    }

    /** Everything that prevents one trust for this mesh now or soon. Changes nothing in any cluster. */
    public List<Finding> check(Mesh mesh) {
        Instant now = Instant.now();
        SortedMap<ClusterName, ClusterTrust> observed = observe(mesh, now);
        List<Finding> findings = new ArrayList<>(findings(observed, now));
        if (lacking(observed).isEmpty()) {
            whose(observed).ifPresent(findings::add);
        }
        return findings;
    }

    /**
     * The desired {@code cacerts} of the clusters, without clusters where another CA than istiod signs. The result is the
     * same before and after the secrets are written.
     *
     * @throws StepFailed if the source cannot sign where that is needed
     */
    public SortedMap<ClusterName, DesiredCa> desired(Mesh mesh) {
        SortedMap<ClusterName, ClusterTrust> observed = observe(mesh, Instant.now());
        boolean signing = !lacking(observed).isEmpty();
        List<X509Certificate> ours = signing ? signer.map(CaSigner::roots).orElse(List.of()) : List.of();
        String roots = ours.isEmpty()
                ? RootCertificates.fingerprints(RootComparison.byRoot(observed).keySet())
                : RootCertificates.fingerprints(ours);
        String identity = properties.source() == TrustSource.CERT_MANAGER
                ? "signed by " + properties.certManager()
                : "under " + roots;
        String by = signer.map(CaSigner::describe).orElse("others");
        SortedMap<ClusterName, DesiredCa> desired = new TreeMap<>();
        observed.forEach((name, trust) -> {
            if (trust.external().isEmpty()) {
                desired.put(
                        name,
                        new DesiredCa(identity, trust.lacks() ? toSign(ours.isEmpty() ? "" : roots, by) : kept(trust)));
            }
        });
        return desired;
    }

    /** The clusters without {@code cacerts}: their istiod signs with a CA that it made itself. */
    public List<ClusterName> lacking(Mesh mesh) {
        return lacking(observe(mesh, Instant.now()));
    }

    private static String toSign(String roots, String by) {
        return roots.isEmpty()
                ? "an intermediate CA, signed by " + by
                : "an intermediate CA under the root with SHA-256 fingerprint %s, signed by %s".formatted(roots, by);
    }

    private static String kept(ClusterTrust trust) {
        return "stays as it is, under the root with SHA-256 fingerprint "
                + trust.root().map(RootComparison::shown).orElse("(none)");
    }

    private SortedMap<ClusterName, ClusterTrust> observe(Mesh mesh, Instant now) {
        return clusters.inEach(
                withTrust(mesh, properties),
                cluster -> ClusterTrust.observe(cluster, istiod(mesh, cluster.name()), signer.isPresent(), now));
    }

    private HelmValues istiod(Mesh mesh, ClusterName cluster) {
        return values.given(ValuesPart.ISTIOD, mesh, mesh.member(cluster));
    }

    private List<Finding> findings(SortedMap<ClusterName, ClusterTrust> observed, Instant now) {
        List<Finding> findings = new ArrayList<>();
        observed.values().forEach(trust -> findings.addAll(trust.findings()));
        List<ClusterName> lacking = lacking(observed);
        List<X509Certificate> ours = List.of();
        if (!lacking.isEmpty() && signer.isPresent()) {
            List<Finding> unusable = signer.get().check(clusters, lacking, now);
            findings.addAll(unusable);
            ours = blocking(unusable).isEmpty() ? signer.get().roots() : List.of();
        }
        for (ClusterName name : lacking) {
            Objects.requireNonNull(observed.get(name))
                    .served()
                    .beforeFirstCacerts(name, ours)
                    .ifPresent(findings::add);
        }
        findings.addAll(new RootCertificates(properties).unwelcome(observed));
        new RootComparison(observed, ours).judge().ifPresent(findings::add);
        return findings;
    }

    /** Names the root where nothing needs to be signed and the root is not the signer's. */
    private Optional<Finding> whose(SortedMap<ClusterName, ClusterTrust> observed) {
        Map<X509Certificate, Set<ClusterName>> byRoot = RootComparison.byRoot(observed);
        if (byRoot.size() != 1 || isOurs(byRoot.keySet().iterator().next())) {
            return Optional.empty();
        }
        X509Certificate root = byRoot.keySet().iterator().next();
        return Optional.of(Finding.note(
                RootComparison.joined(Objects.requireNonNull(byRoot.get(root))),
                Cacerts.OBJECT,
                "one root",
                "%s, valid until %s"
                        .formatted(
                                RootComparison.shown(root), root.getNotAfter().toInstant()),
                "Nothing to do: each cluster has its intermediate, Meshspan signs nothing and leaves them alone."));
    }

    private boolean isOurs(X509Certificate root) {
        if (!properties.source().usesKeystore() || !keystore.exists()) {
            return false;
        }
        try {
            return keystore.root().equals(root);
        } catch (StepFailed unusable) {
            return false;
        }
    }

    /** Judges what an outside signer signed as if it had been in the cluster before. */
    private List<Finding> judged(
            Mesh mesh,
            SortedMap<ClusterName, ClusterTrust> observed,
            SortedMap<ClusterName, Secret> issued,
            Instant now) {
        SortedMap<ClusterName, ClusterTrust> then = new TreeMap<>(observed);
        issued.forEach((name, secret) ->
                then.put(name, Objects.requireNonNull(observed.get(name)).with(name, secret, istiod(mesh, name), now)));
        List<Finding> findings = new ArrayList<>(new RootCertificates(properties).unwelcome(then));
        issued.keySet()
                .forEach(name ->
                        findings.addAll(Objects.requireNonNull(then.get(name)).findings()));
        new RootComparison(then, List.of()).judge().ifPresent(findings::add);
        return findings;
    }

    private static void requireNone(List<Finding> findings) {
        List<Finding> blocking = blocking(findings);
        if (!blocking.isEmpty()) {
            throw new StepFailed(FailureCode.ROOTS_DIFFER, blocking);
        }
    }

    private static List<Finding> blocking(List<Finding> findings) {
        return findings.stream().filter(f -> f.severity() == Severity.BLOCKING).toList();
    }

    private static List<ClusterName> lacking(SortedMap<ClusterName, ClusterTrust> observed) {
        return observed.entrySet().stream()
                .filter(e -> e.getValue().lacks())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** After a crash right after the write, the objects that the signer needed are still there. */
    private void tidy(List<ClusterName> present) {
        clusters.inEach(present, cluster -> {
            signer.ifPresent(source -> source.written(cluster));
            return cluster.name();
        });
    }

    /**
     * Reads the secret once more right before it writes. If somebody has created one meanwhile, the next attempt judges it.
     */
    private AppliedObject create(Cluster cluster, ApplySet set, Secret cacerts) {
        if (cluster.find(Secret.class, Cacerts.NAMESPACE, Cacerts.NAME).isPresent()) {
            throw new TransientException(
                    "%s: %s appeared while it was being made".formatted(cluster.name(), Cacerts.OBJECT));
        }
        AppliedObject applied = cluster.apply(set.member(cacerts));
        signer.ifPresent(source -> source.written(cluster));
        return applied;
    }

    /** The clusters that get {@code cacerts}. */
    static List<ClusterName> withTrust(Mesh mesh, TrustProperties properties) {
        return mesh.staying().stream()
                .filter(member -> properties.remotes() || member.role() == Role.PRIMARY)
                .map(Member::cluster)
                .toList();
    }
}

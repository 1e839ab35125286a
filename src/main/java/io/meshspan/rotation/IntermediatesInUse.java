package io.meshspan.rotation;

import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.trust.IntermediateRotation;
import io.meshspan.trust.IntermediateRotation.Written;
import io.meshspan.trust.MeshTrust;
import io.meshspan.verification.IstiodMetric;
import io.meshspan.verification.MeshVerification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Replaces intermediates as approved, and finds out which istiods sign with them. An istiod reads {@code cacerts} again
 * after the kubelet has updated the files, and has the end of its intermediate as a metric; an istiod that started
 * later has read them at its start.
 */
@Component
public final class IntermediatesInUse {

    private static final String METRIC = "citadel_server_cert_chain_expiry_timestamp";

    /**
     * A kubelet updates a changed Secret in a pod within its sync period plus its cache's time to live, a minute and a
     * half by default.
     */
    private static final Duration RELOAD_WITHIN = Duration.ofMinutes(2);

    private final IntermediateRotation intermediates;
    private final ApprovedPlans approved;
    private final MeshVerification verification;

    IntermediatesInUse(IntermediateRotation intermediates, ApprovedPlans approved, MeshVerification verification) {
        this.intermediates = intermediates;
        this.approved = approved;
        this.verification = verification;
    }

    public List<AppliedObject> replace(String change, Mesh mesh) {
        return intermediates.replace(change, mesh, rotated(change, mesh));
    }

    /** The clusters whose intermediate is rotated. */
    private List<ClusterName> rotated(String change, Mesh mesh) {
        return mesh.clusters().stream()
                .filter(name -> approved.outcomes(change, name).containsKey(MeshTrust.CACERTS))
                .toList();
    }

    /** The primaries with an istiod that does not yet sign with the new intermediate. */
    public List<ClusterName> notInUse(String change, Mesh mesh) {
        return notInUse(change, mesh, written -> true);
    }

    /** The same, if istiod may still read the new intermediate by itself, without a restart. */
    public List<ClusterName> mayStillReload(String change, Mesh mesh) {
        Instant since = Instant.now().minus(RELOAD_WITHIN);
        return notInUse(
                change,
                mesh,
                written -> written.expiry().isPresent() && written.at().isAfter(since));
    }

    private List<ClusterName> notInUse(String change, Mesh mesh, Predicate<Written> these) {
        Set<ClusterName> primaries = Set.copyOf(mesh.primaryClusters());
        return intermediates.written(change, rotated(change, mesh)).entrySet().stream()
                .filter(entry -> primaries.contains(entry.getKey()) && these.test(entry.getValue()))
                .filter(entry -> !uses(mesh, entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean uses(Mesh mesh, ClusterName name, Written written) {
        SortedMap<String, IstiodMetric> istiods = verification.metric(mesh, name, METRIC);
        return !istiods.isEmpty()
                && istiods.values().stream()
                        .allMatch(istiod -> !istiod.created().isBefore(written.at()) || hasExpiryOf(istiod, written));
    }

    private static boolean hasExpiryOf(IstiodMetric istiod, Written written) {
        return written.expiry().isPresent()
                && istiod.value().isPresent()
                && (long) istiod.value().getAsDouble() == written.expiry().get().getEpochSecond();
    }
}

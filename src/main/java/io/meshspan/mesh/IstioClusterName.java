package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cluster's name in Istio: its {@code global.multiCluster.clusterName}. It is also the data key of its remote secrets, by
 * which the other control planes know it. So it may be any valid key of a Secret, such as
 * {@code gke_acme_europe-west1_shop}. It must not change once sidecars run with it.
 */
public record IstioClusterName(@JsonValue String value) {

    /** As a regular expression. */
    public static final String FORM = "[-._a-zA-Z0-9]{1,253}";

    public static final String IN_WORDS =
            "a name for a cluster in Istio (letters, digits, hyphens, dots, underscores; 1 to 253 characters)";

    private static final Pattern NAME = Pattern.compile(FORM);
    private static final Pattern OBJECT_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int LONGEST_SUFFIX = 233;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public IstioClusterName {
        if (!NAME.matcher(value).matches() || value.equals(".") || value.startsWith("..")) {
            throw new IllegalArgumentException("Istio cluster name '%s' is not %s".formatted(value, IN_WORDS));
        }
    }

    /** Whether the name of an object may end with it. */
    boolean fitsObjectNames() {
        return value.length() <= LONGEST_SUFFIX && OBJECT_NAME.matcher(value).matches();
    }

    /**
     * The same mesh with the names of its clusters in Istio.
     *
     * @throws StepFailed INPUT_REJECTED if two have the same name: each control plane would treat them as one cluster
     */
    public static Mesh giveTo(Mesh mesh, Map<ClusterName, IstioClusterName> names) {
        Mesh named = mesh.with(member -> Optional.ofNullable(names.get(member.cluster()))
                .map(member::called)
                .orElse(member));
        List<Finding> twice = named.members().stream()
                .filter(member -> named.members().stream().anyMatch(other -> isTaken(member, other)))
                .map(IstioClusterName::taken)
                .toList();
        if (!twice.isEmpty()) {
            throw new StepFailed(FailureCode.INPUT_REJECTED, twice);
        }
        return named;
    }

    private static boolean isTaken(Member member, Member other) {
        return !other.cluster().equals(member.cluster())
                && (other.istioName().equals(member.istioName())
                        || other.remoteSecret().equals(member.remoteSecret()));
    }

    private static Finding taken(Member member) {
        return Finding.blocking(
                member.cluster().value(),
                "cluster-name in the inventory",
                "a name in Istio that no other cluster of the mesh has",
                InputRules.quoted(member.istioName().value()),
                "Correct meshspan.inventory.clusters.%s.cluster-name.".formatted(member.cluster()));
    }

    @Override
    public String toString() {
        return value;
    }
}

package io.meshspan.condition;

import io.meshspan.audit.Changes;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.finding.FewNames;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.rotation.EndpointsBefore;
import io.meshspan.rotation.IntermediatesInUse;
import io.meshspan.rotation.RootPhases;
import io.meshspan.rotation.TokenRotation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** The conditions that rotations wait for. */
@Component
final class RotationConditions {

    private static final Duration SELDOM = Duration.ofSeconds(2);
    private static final int FEW = 5;

    private final TokenRotation tokens;
    private final EndpointsBefore endpoints;
    private final IntermediatesInUse intermediates;
    private final RootPhases roots;
    private final Changes changes;

    RotationConditions(
            TokenRotation tokens,
            EndpointsBefore endpoints,
            IntermediatesInUse intermediates,
            RootPhases roots,
            Changes changes) {
        this.roots = roots;
        this.tokens = tokens;
        this.endpoints = endpoints;
        this.intermediates = intermediates;
        this.changes = changes;
    }

    Map<String, AwaitedCondition> byName(WaitProperties limits, Polling polling) {
        Map<String, AwaitedCondition> byName = new HashMap<>();
        byName.put(
                "tokens-filled",
                new Recorded(
                        "the token controllers to fill in the new tokens",
                        limits.istiod(),
                        (change, mesh) -> named("no new token yet in", tokens.unfilled(change, mesh)),
                        changes,
                        "See the log of kube-controller-manager there, and whether ServiceAccount"
                                + " istio-reader-service-account is in istio-system",
                        polling));
        byName.put(
                "intermediates-read",
                new Recorded(
                        "the istiods to read their new intermediates by themselves",
                        limits.istiod(),
                        (change, mesh) ->
                                named("not read yet by istiod of", intermediates.mayStillReload(change, mesh)),
                        changes,
                        "Look at istiod's log for 'Update Istiod cacerts'",
                        polling));
        byName.put(
                "intermediates-in-use",
                new Recorded(
                        "the istiods to sign with their new intermediates",
                        limits.istiod(),
                        (change, mesh) -> named("not yet in use by istiod of", intermediates.notInUse(change, mesh)),
                        changes,
                        "Look at istiod's pods and its log",
                        polling));
        byName.put(
                "roots-served",
                new Recorded(
                        "the control planes to give these roots to all workloads",
                        limits.istiod(),
                        (change, mesh) -> roots.namespacesWithOtherRoots(mesh),
                        changes,
                        "Look at istiod's pods and its log; a namespace gets its ConfigMap istio-ca-root-cert from istiod",
                        polling));
        byName.put(
                "endpoints-as-before",
                new Recorded(
                        "the endpoints that istiod had before",
                        limits.istiod(),
                        endpoints::missing,
                        changes,
                        "Restart istiod where endpoints are missing, and see its log",
                        polling));
        byName.put(
                "old-tokens-refused",
                new Recorded(
                        "the API servers to refuse the old tokens",
                        limits.istiod(),
                        (change, mesh) ->
                                named("the old token is accepted in", accepted(tokens.accepted(change, mesh))),
                        changes,
                        "See whether its Secret is gone there; an API server may remember a token for some seconds",
                        polling));
        return byName;
    }

    private static List<ClusterName> accepted(SortedMap<ClusterName, Boolean> tokens) {
        return tokens.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> named(String what, List<ClusterName> clusters) {
        return clusters.stream().map(cluster -> what + " " + cluster).toList();
    }

    /**
     * Met once nothing is missing any more.
     *
     * @param lacking what is missing of a change's mesh
     */
    private record Recorded(
            String what,
            Duration limit,
            BiFunction<String, Mesh, List<String>> lacking,
            Changes changes,
            String advice,
            Polling polling)
            implements AwaitedCondition {

        @Override
        public String missing(String change) {
            return RecordedRequest.first(changes, change)
                    .map(request -> FewNames.of(lacking.apply(change, request.mesh()), FEW, "; "))
                    .orElse("not yet");
        }

        @Override
        public CompletableFuture<?> met(String change, Mesh mesh, Optional<ClusterName> cluster) {
            return polling.untilNone(SELDOM, () -> lacking.apply(change, mesh).size());
        }
    }
}

package io.meshspan.plan;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.ONE;
import static io.meshspan.mesh.TwoPrimaries.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.kubernetes.Outcome;
import io.meshspan.kubernetes.Preview;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Preview CREATED = preview("Deployment", "istiod", Outcome.CREATED, true);
    private static final Preview PATCHED = preview("Service", "istiod", Outcome.PATCHED, true);
    private static final Preview UNCHANGED = preview("ConfigMap", "istio", Outcome.UNCHANGED, true);
    private static final Preview NOT_ASKED = preview("Gateway", "cross-network-gateway", Outcome.CREATED, false);
    private static final String LATER = "Secret istio-system/cacerts: a new intermediate CA";

    private final List<ClusterPlan> clusters = List.of(
            new ClusterPlan(
                    MESH.member(ONE),
                    List.of(CREATED, PATCHED, NOT_ASKED, UNCHANGED),
                    Map.of("east-west gateway", "kind: IstioOperator\n"),
                    List.of(LATER)),
            new ClusterPlan(MESH.member(TWO), List.of(UNCHANGED), Map.of(), List.of()));

    @Test
    void shouldCountWhatItWouldDo() {
        assertThat(plan(MESH, clusters).summary())
                .isEqualTo("2 clusters: 2 objects to create, 1 to change, 2 unchanged, 1 written later");
    }

    @Test
    void shouldTellAClusterAfterTheOtherWhatChangesFirst() {
        assertThat(PlanText.of(plan(MESH, clusters))).isEqualTo("""
                ### cluster1 (network1, primary)
                **change: 1**

                - Service istio-system/istiod: spec.a, spec.b

                **create: 2**

                - Deployment: istio-system/istiod
                - Gateway: istio-system/cross-network-gateway\\*

                \\* the API server could not be asked yet: the namespace or the kind is created by this change

                **write later: 1**

                - Secret istio-system/cacerts: a new intermediate CA

                **unchanged: 1**

                **file for istioctl: east-west gateway**

                ```yaml
                kind: IstioOperator
                ```

                ### cluster2 (network2, primary)
                **unchanged: 1**""");
    }

    @Test
    void shouldHaveTheSameDigestWhenNothingMoved() {
        assertThat(plan(MESH, List.copyOf(clusters)).digest())
                .isEqualTo(plan(MESH, clusters).digest())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void shouldHaveAnotherDigestWhenTheClusterMoved() {
        List<ClusterPlan> moved =
                List.of(clusters.get(0), new ClusterPlan(MESH.member(TWO), List.of(PATCHED), Map.of(), List.of()));

        assertThat(plan(MESH, moved).digest()).isNotEqualTo(plan(MESH, clusters).digest());
    }

    @Test
    void shouldHaveAnotherDigestWhenTheWishChanged() {
        Mesh newer = new Mesh(MESH.id(), MESH.topology(), IstioVersion.parse("1.30.4"), MESH.members());

        assertThat(plan(newer, clusters).digest())
                .isNotEqualTo(plan(MESH, clusters).digest());
    }

    private static Plan plan(Mesh mesh, List<ClusterPlan> clusters) {
        return new Plan(clusters, PlanDigest.of(mesh, clusters));
    }

    private static Preview preview(String kind, String name, Outcome outcome, boolean dryRun) {
        List<String> fields = outcome == Outcome.PATCHED ? List.of("spec.a", "spec.b") : List.of();
        return new Preview(ONE, new ObjectRef("v1", kind, "istio-system", name), outcome, fields, dryRun);
    }
}

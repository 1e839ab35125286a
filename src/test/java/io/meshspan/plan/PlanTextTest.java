package io.meshspan.plan;

import static io.meshspan.plan.Plans.CREATED;
import static io.meshspan.plan.Plans.PATCHED;
import static io.meshspan.plan.Plans.UNCHANGED;
import static io.meshspan.plan.Plans.created;
import static io.meshspan.plan.Plans.later;
import static io.meshspan.plan.Plans.noted;
import static io.meshspan.plan.Plans.object;
import static io.meshspan.plan.Plans.one;
import static io.meshspan.plan.Plans.plan;
import static io.meshspan.plan.Plans.ref;
import static io.meshspan.plan.Plans.two;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    private static final int READABLE_BYTES = 4_000;

    @Test
    void shouldShowTheFileThatIstioctlIsGiven() {
        ClusterPlan plan = new ClusterPlan(
                io.meshspan.mesh.TwoPrimaries.MESH.member(io.meshspan.mesh.TwoPrimaries.ONE),
                "",
                List.of(),
                java.util.Map.of("control plane", "kind: IstioOperator\n"));

        assertThat(PlanText.of(Plans.plan(plan)))
                .contains("### cluster1, control plane: file for istioctl\n\n```yaml\nkind: IstioOperator\n```");
    }

    @Test
    void shouldCountWhatItWouldDo() {
        assertThat(plan(one(CREATED, PATCHED, UNCHANGED), two(UNCHANGED, later("Service", "a", "")))
                        .summary())
                .isEqualTo("2 clusters: 2 objects to create, 1 to change, 0 to delete, 2 unchanged;"
                        + " 1 of them known in full only later");
    }

    @Test
    void shouldTellOnceWhatHappensInSeveralClusters() {
        PlannedObject cacerts = noted("Secret", "cacerts", "an intermediate CA");
        PlannedObject service = created("Service", "istiod-x");

        assertThat(PlanText.of(
                        plan(one(CREATED, service, cacerts, UNCHANGED), two(CREATED, service, cacerts, UNCHANGED))))
                .isEqualTo("""
                        | cluster | create | change | delete | unchanged |
                        |---|---|---|---|---|
                        | cluster1, cluster2 | 3 | 0 | 0 | 1 |

                        ### In cluster1, cluster2

                        **create: 3**

                        - Deployment: istio-system/istiod
                        - Service: istio-system/istiod-x
                        - Secret istio-system/cacerts: an intermediate CA""");
    }

    @Test
    void shouldTellChangesFirstFieldByField() {
        assertThat(PlanText.of(plan(one(CREATED, UNCHANGED), two(CREATED, PATCHED))))
                .contains("""
                        ### In cluster2

                        **change: 1**

                        - Service istio-system/istiod
                            - `spec.a`: `1` → `2`
                            - `spec.b`: `nothing` → `x`""")
                .endsWith("### Besides\n\n- In cluster1, cluster2 create Deployment istio-system/istiod");
    }

    /** Two long texts that were cut would look alike, and nobody could tell what goes. */
    /** As in a take-over, where each object gets one label more, and one of them something that people must see. */
    @Test
    void shouldTellOnceWhatChangesInManyObjectsInTheSameWay() {
        FieldChange label = new FieldChange("metadata.labels.part-of", "nothing", "set");
        PlannedObject other = object(
                "Deployment",
                "istiod",
                ApplyOutcome.PATCHED,
                List.of(label, new FieldChange("spec.replicas", "2", "1")));

        assertThat(PlanText.of(plan(one(
                        object("Service", "a", ApplyOutcome.PATCHED, List.of(label)),
                        object("Service", "b", ApplyOutcome.PATCHED, List.of(label)),
                        other,
                        object("Role", "c", ApplyOutcome.PATCHED, List.of(label))))))
                .contains("""
                        **change: 4**

                        - Deployment istio-system/istiod
                            - `metadata.labels.part-of`: `nothing` → `set`
                            - `spec.replicas`: `2` → `1`
                        - 3 objects in the same way: Service istio-system/a, istio-system/b; Role istio-system/c
                            - `metadata.labels.part-of`: `nothing` → `set`""");
    }

    @Test
    void shouldCompareATextThatHoldsYamlOrJsonByItsFields() {
        String mesh = "accessLogFile: /dev/stdout\nextensionProviders:\n- name: otel\n  port: 4317\ntrustDomain: t\n";
        FieldChange yaml = new FieldChange(
                "data.mesh", "accessLog… (80 characters)", "trustDom… (20 characters)", mesh, "trustDomain: t\n");
        FieldChange json = new FieldChange(
                "data.merged-values",
                "{\"global\":{\"hub\":\"corp\",\"meshID\":\"m\"}}",
                "{\"global\":{\"meshID\":\"m\"}}");

        String text = PlanText.of(
                plan(one(CREATED), two(object("ConfigMap", "istio", ApplyOutcome.PATCHED, List.of(yaml, json)))));

        assertThat(text).contains("""
                - ConfigMap istio-system/istio
                    - `data.mesh › accessLogFile`: `/dev/stdout` → `nothing`
                    - `data.mesh › extensionProviders`: `[{"name":"otel","port":4317}]` → `nothing`
                    - `data.merged-values › global.hub`: `corp` → `nothing`""");
    }

    /** What the same values are in several clusters is told once. */
    /** Its name and its network are in the text of each cluster, and the change is the same everywhere. */
    @Test
    void shouldTellOnceWhatChangesInStructuredTextsThatDifferBetweenClusters() {
        assertThat(PlanText.of(plan(one(valuesOf("cluster1")), two(valuesOf("cluster2")))))
                .contains("### In cluster1, cluster2\n\n**change: 1**", "`data.values › hub`: `a` → `b`")
                .doesNotContain("### In cluster1\n", "### In cluster2\n");
    }

    private static PlannedObject valuesOf(String cluster) {
        String form = "{\"hub\":\"%s\",\"clusterName\":\"" + cluster + "\"}";
        return object(
                "ConfigMap",
                "values",
                ApplyOutcome.PATCHED,
                List.of(new FieldChange("data.values", form.formatted("a"), form.formatted("b"))));
    }

    @Test
    void shouldShowTheValuesThatWereGiven() {
        java.util.Map<String, String> files = java.util.Map.of("values.istiod", "autoscaleMin: 2\n");
        List<ClusterPlan> clusters = Plans.plan(one(CREATED), two(CREATED)).clusters().stream()
                .map(c -> new ClusterPlan(c.member(), c.uid(), c.objects(), files))
                .toList();

        assertThat(PlanText.of(new Plan(io.meshspan.mesh.TwoPrimaries.MESH, clusters)))
                .endsWith("### cluster1, cluster2, values.istiod: as given\n\n```yaml\nautoscaleMin: 2\n```");
    }

    @Test
    void shouldTellDeletionsAboveAllElse() {
        PlannedObject deleted = object("Service", "old", ApplyOutcome.DELETED, List.of());

        assertThat(PlanText.of(plan(one(CREATED, PATCHED, deleted))))
                .containsSubsequence("**delete: 1**", "Service istio-system/old", "**change: 1**", "**create: 1**");
    }

    @Test
    void shouldMarkWhatIsKnownOnlyLaterAndWhatCouldNotBeAsked() {
        assertThat(PlanText.of(plan(one(CREATED, PATCHED, later("Service", "remote", "with an address")))))
                .contains("- Service: istio-system/remote\\*†")
                .contains("\\* the API server could not be asked yet")
                .contains("† a part of it is known only while the change runs");
    }

    @Test
    void shouldNameTheChosenAddressOfAGatewayInAFreshClusterToo() {
        PlannedObject slice = new PlannedObject(
                Step.CONTROL_PLANE,
                ref("EndpointSlice", "istiod"),
                ApplyOutcome.CREATED,
                List.of(),
                "wish",
                false,
                false,
                "203.0.113.31 of 2001:db8::10, 203.0.113.31: IPv4",
                null);

        assertThat(PlanText.of(plan(one(CREATED), two(slice))))
                .contains("EndpointSlice istio-system/istiod\\*: 203.0.113.31 of 2001:db8::10, 203.0.113.31: IPv4");
    }

    @Test
    void shouldLetNoTextOfAClusterPassForAPartOfThePlan() {
        FieldChange nasty = new FieldChange("data.x", "a`\n\n### In cluster9\n\n**create: 0**", "b");

        assertThat(PlanText.of(plan(one(object("ConfigMap", "c", ApplyOutcome.PATCHED, List.of(nasty))))))
                .contains("`data.x`: `a' ### In cluster9 **create: 0**` → `b`")
                .doesNotContain("\n### In cluster9");
    }

    @Test
    void shouldStayReadableForFiftyClusters() {
        String text = PlanText.of(fifty());

        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(READABLE_BYTES);
        assertThat(text)
                .contains("| all clusters but cluster7 | 109 | 0 | 0 | 0 |")
                .contains("| cluster7 | 109 | 1 | 0 | 0 |")
                .contains("### In all 50 clusters")
                .contains(
                        "- In each cluster, for every OTHER of all 50 clusters but itself, create Secret"
                                + " istio-system/istio-remote-secret-OTHER\\*†: read access to the API server of OTHER (2450 in all)")
                .doesNotContain("istio-remote-secret-cluster9")
                .containsSubsequence("### In cluster7", "**change: 1**", "### In all 50 clusters");
    }

    private static Plan fifty() {
        List<Member> members = IntStream.rangeClosed(1, 50)
                .mapToObj(n -> Member.primary(new ClusterName("cluster" + n), new NetworkName("network" + n)))
                .toList();
        Mesh mesh = new Mesh(
                new MeshId("mesh1"), Topology.MULTI_PRIMARY_MULTI_NETWORK, IstioVersion.parse("1.30.3"), members);
        return new Plan(mesh, members.stream().map(m -> cluster(m, members)).toList());
    }

    private static ClusterPlan cluster(Member member, List<Member> members) {
        List<PlannedObject> objects = new ArrayList<>();
        IntStream.range(0, 60).forEach(n -> objects.add(created("Kind" + n % 9, "an-object-with-a-long-name-" + n)));
        members.stream()
                .map(m -> m.cluster().value())
                .filter(name -> !name.equals(member.cluster().value()))
                .forEach(name -> objects.add(
                        later("Secret", "istio-remote-secret-" + name, "read access to the API server of " + name)));
        if (member.cluster().value().equals("cluster7")) {
            objects.add(PATCHED);
        }
        return new ClusterPlan(member, "", objects, java.util.Map.of());
    }
}

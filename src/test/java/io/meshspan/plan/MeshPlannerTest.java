package io.meshspan.plan;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.ONE;
import static io.meshspan.mesh.TwoPrimaries.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.controlplane.IstioNamespaces;
import io.meshspan.controlplane.Primary;
import io.meshspan.finding.Finding;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.trust.DesiredCa;
import io.meshspan.trust.MeshTrust;
import io.meshspan.verification.MeshVerification;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeshPlannerTest {

    private static final String TOKEN = "dG9rZW4tb2YtY2x1c3Rlcg==";

    private final ClusterInMemory one = new ClusterInMemory("cluster1");
    private final ClusterInMemory two = new ClusterInMemory("cluster2");
    private final MeshTrust trust = mock(MeshTrust.class);
    private final Primary primary = mock(Primary.class);
    private final RemoteSecrets remoteSecrets = mock(RemoteSecrets.class);
    private final MeshVerification verification = mock(MeshVerification.class);
    private final IstioNamespaces namespaces = mock(IstioNamespaces.class);
    private final DesiredMeshObjects wishes = new DesiredMeshObjects(
            namespaces,
            trust,
            primary,
            mock(DesiredRemoteObjects.class),
            mock(EastWestGateway.class),
            mock(io.meshspan.gateway.IngressGateway.class),
            remoteSecrets,
            verification);
    private final MeshPlanner planner = new MeshPlanner(
            ClustersInMemory.of(one, two),
            wishes,
            mock(RotationObjects.class),
            new AdoptionObjects(wishes),
            mock(InstallFiles.class),
            mock(UpgradeActions.class));

    private String image = "istio/pilot:1.30.3";
    private Optional<Secret> known = Optional.empty();

    @BeforeEach
    void aMesh() {
        lenient()
                .when(namespaces.desired(any(), any()))
                .thenAnswer(call -> List.of(
                        IstioNamespace.desired(call.getArgument(0), call.getArgument(1), HelmValues.NONE),
                        new ApplySet(call.<Mesh>getArgument(0).id()).parent()));
        root("0123");
        lenient().when(primary.desired(any(), any())).thenAnswer(call -> List.of(config("istiod", image)));
        RemoteSecrets.Known there = reader -> known;
        lenient().when(remoteSecrets.known(any())).thenAnswer(call -> new TreeMap<>(Map.of(ONE, there, TWO, there)));
        lenient()
                .when(remoteSecrets.withoutToken(any(), any()))
                .thenAnswer(call -> secret(call.getArgument(1), "bGF0ZXI="));
        lenient()
                .when(remoteSecrets.readerToken(any(), any(ClusterName.class)))
                .thenAnswer(call -> secret(new ClusterName("reader"), "bGF0ZXI="));
        lenient()
                .when(remoteSecrets.targetsOf(any(), any()))
                .thenAnswer(call -> List.of(call.getArgument(1).equals(ONE) ? TWO : ONE));
    }

    @Test
    void shouldPlanTheSampleApartAndAlikeWhateverAnEarlierOneLeft() {
        when(verification.sample(any(), any())).thenReturn(List.of(config("helloworld", "v1")));
        Plan before = planner.plan(MESH);
        one.apply(config("helloworld", "of an earlier verification"));
        Plan after = planner.plan(MESH);

        assertThat(after.digest()).isEqualTo(before.digest());
        assertThat(after.summary()).isEqualTo(before.summary());
        assertThat(after.sample()).hasSize(2);
        assertThat(PlanText.of(after)).contains("### For the verification");
    }

    @Test
    void shouldPlanNothingButTheSampleToVerifyAMeshThatIsThere() {
        when(verification.sample(any(), any())).thenReturn(List.of(config("helloworld", "v1")));

        Plan plan = planner.planVerification(MESH);

        assertThat(plan.clusters())
                .allSatisfy(cluster -> assertThat(cluster.objects())
                        .extracting(PlannedObject::step)
                        .containsExactly(Step.SAMPLE));
        assertThat(plan.summary())
                .isEqualTo("2 clusters: nothing but the sample HelloWorld, 2 objects, for the verification");
        assertThat(PlanText.of(plan)).contains("- In cluster1, cluster2: ConfigMap istio-system/helloworld");
        assertThat(PlanText.afterwards(plan, true)).contains("stays installed");
        assertThat(PlanText.afterwards(plan, false)).contains("removed again");
    }

    @Test
    void shouldPlanEveryObjectOfTheGuideSecretsIncluded() {
        assertThat(planner.plan(MESH).clusters().get(0).objects())
                .extracting(o -> o.object().toString())
                .containsSubsequence(
                        "Namespace istio-system",
                        "ConfigMap istio-system/meshspan-mesh1",
                        "Secret istio-system/cacerts",
                        "ConfigMap istio-system/istiod",
                        "Gateway istio-system/cross-network-gateway",
                        "Secret istio-system/reader",
                        "Secret istio-system/cluster2");
    }

    @Test
    void shouldFindNothingMovedRightAfterwards() {
        assertThat(moved(planner.plan(MESH))).isEmpty();
    }

    @Test
    void shouldFindWhatTheChartsRenderOtherwise() {
        Plan approved = planner.plan(MESH);

        image = "istio/pilot:evil";

        assertThat(moved(approved))
                .singleElement()
                .extracting(Finding::what)
                .isEqualTo("ConfigMap istio-system/istiod");
        assertThat(planner.plan(MESH).digest()).isNotEqualTo(approved.digest());
    }

    @Test
    void shouldFindThatTheRootIsAnother() {
        Plan approved = planner.plan(MESH);
        root("4567");

        assertThat(moved(approved)).singleElement().extracting(Finding::what).isEqualTo("Secret istio-system/cacerts");
    }

    @Test
    void shouldTakeATokenThatAppearedMeanwhileForWhatWasApproved() {
        Plan approved = planner.plan(MESH);
        assertThat(approved.summary()).contains("2 of them known in full only later");

        known = Optional.of(secret(TWO, TOKEN));

        assertThat(moved(approved)).isEmpty();
    }

    @Test
    void shouldFindATokenThatIsAnotherThanTheOneThatWasApproved() {
        known = Optional.of(secret(TWO, TOKEN));
        Plan approved = planner.plan(MESH);

        known = Optional.of(secret(TWO, "YW5vdGhlcg=="));

        assertThat(moved(approved)).isNotEmpty();
    }

    @Test
    void shouldKeepNoSecretInAnyFormOfThePlan() {
        known = Optional.of(secret(TWO, TOKEN));

        Plan plan = planner.plan(MESH);

        assertThat(PlanText.of(plan) + PlanJson.write(plan.clusters()) + plan)
                .contains("Secret")
                .doesNotContain(TOKEN, "token-of-cluster");
    }

    @Test
    void shouldReadBackWhatIsOnRecord() {
        ClusterPlan plan = planner.plan(MESH).clusters().get(0);

        assertThat(PlanJson.read(PlanJson.write(plan), ClusterPlan.class)).isEqualTo(plan);
    }

    private List<Finding> moved(Plan approved) {
        ClusterPlan here = approved.clusters().get(0);
        EnumSet<Step> all = EnumSet.copyOf(Step.ofInstallation());
        return new DriftCheck(one, here).of(all, wishes.of(MESH, all).of(here.member(), here));
    }

    private static HasMetadata config(String name, String image) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName(name)
                .endMetadata()
                .addToData("image", image)
                .build();
    }

    private static Secret secret(ClusterName name, String token) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName(name.value())
                .endMetadata()
                .addToData("token", token)
                .build();
    }

    private void root(String fingerprint) {
        DesiredCa wanted = new DesiredCa("under " + fingerprint, "an intermediate CA");
        lenient().when(trust.desired(any())).thenReturn(new TreeMap<>(Map.of(ONE, wanted, TWO, wanted)));
    }
}

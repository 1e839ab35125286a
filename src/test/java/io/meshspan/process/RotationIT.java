package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.engine.model.JsonVariable;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.process.expiry.TokenRenewal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Credentials of a mesh that is there are replaced, and nothing accepts the old ones any more. */
class RotationIT {

    private static final String CHOOSE = "Choose next phase";
    private static final String BOUND = "istio-reader-service-account-bound-token";
    private static final String TOKEN = "istio-reader-service-account-istio-remote-secret-token";

    @Test
    void shouldReplaceRemoteTokensAndGoOnFromThere() {
        // given
        ProcessFleet fleet = installed(2);
        String held = remoteSecret(fleet.first(), fleet.second());

        // when one cluster's token is replaced
        PlayedChange one = start(fleet, "rotate-remote-tokens", Map.of("clusters", fleet.second()));
        String plan = one.shown("Approve rotating remote tokens of " + fleet.mesh(), "plan");
        one.approve("carla");

        // then
        assertThat(one.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(plan)
                .contains(
                        "the new token, filled in by the cluster",
                        "the old token, once nothing reads with it any more",
                        "reads %s with its new token".formatted(fleet.second()),
                        "stopped while the remote secrets are replaced, then started");
        assertThat(tokens(fleet.second())).containsExactly(TOKEN + "-2");
        assertThat(tokens(fleet.first())).containsExactly(TOKEN);
        assertThat(remoteSecret(fleet.first(), fleet.second())).isNotEqualTo(held);
        assertThat(one.records())
                .anyMatch(record -> record.contains("old token of %s: REFUSED".formatted(fleet.second())))
                .anyMatch(record -> record.contains("endpoints after the rotation: AS_BEFORE")
                        && record.contains("istiod of " + fleet.first()))
                .anyMatch(record -> record.contains(
                        "Swap remote secrets, %s, Deployment istio-system/istiod: PATCHED".formatted(fleet.first())))
                .noneMatch(record ->
                        record.contains("istiod: PATCHED") && record.contains(fleet.second() + ", Deployment"))
                .noneMatch(record -> record.contains("ALREADY_"));
        assertThat(declared(fleet).origin()).isEqualTo("rotate remote tokens");
        assertThat(swap(fleet))
                .as("an istiod that runs would lose endpoints by the swap")
                .containsExactly(
                        "Deployment istiod",
                        "Secret istio-remote-secret-" + fleet.second(),
                        "Deployment istiod",
                        "Deployment istiod");
        assertThat(istiod(fleet.first()).getSpec().getReplicas()).isEqualTo(1);
        assertThat(istiod(fleet.first()).getMetadata().getAnnotations())
                .doesNotContainKey("meshspan.io/replicas-before-stop");

        // when an installation follows, it wants the token that is there
        PlayedChange again = fleet.request();
        assertThat(again.shown("Approve change", "planSummary"))
                .contains("0 objects to create, 0 to change, 0 to delete");
        again.decide("carla", "Approve change", Map.of("approved", false, "comment", "as the test has it"));
        assertThat(again.end()).isEqualTo("EndEvent_ChangeRejected");
        refused(fleet, Map.of("clusters", "nowhere"), "clusters: expected some of the members [" + fleet.first());
        refused(fleet, Map.of("mesh", "no-such-mesh"), "mesh: expected one of the declared meshes");
        refused(fleet, Map.of("istioVersion", "1.30.3"), "istioVersion");
    }

    @Test
    void shouldBindTheTokensOfAMeshAndRenewThemWithoutAPerson() {
        // given
        ProcessFleet fleet = installed(2);
        refused(fleet, Map.of("tokenExpiration", "5m"), "tokenExpiration: expected never, or 10m to 365d");
        refused(
                fleet,
                Map.of("tokenExpiration", "12h", "clusters", fleet.second()),
                "tokenExpiration: expected never, as declared, while only some clusters are named");
        fleet.cluster(fleet.second()).longestToken(Duration.ofHours(6));
        String longLived = token(fleet.first(), fleet.second());

        // when
        PlayedChange rotation = start(fleet, "rotate-remote-tokens", Map.of("tokenExpiration", "12h"));
        String plan = rotation.shown("Approve rotating remote tokens of " + fleet.mesh(), "plan");
        rotation.approve("carla");

        // then
        assertThat(rotation.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(plan)
                .contains("the new bound tokens, valid for 12h, end with this Secret; it has no content", TOKEN);
        assertThat(tokens(fleet.second())).containsExactly(BOUND);
        assertThat(rotation.records())
                .anyMatch(record -> record.contains("bound token of " + fleet.second())
                        && record.contains("gives tokens 360 minutes where 12h was asked for"))
                .anyMatch(record -> record.contains("old token of %s: REFUSED".formatted(fleet.second())));
        assertThat(accepted(fleet.second(), longLived)).isFalse();
        assertThat(declared(fleet).mesh().boundTokens()).contains(TokenExpiration.of("12h"));

        // when an installation follows, it wants the tokens that are there, and their kind
        PlayedChange again = fleet.request("multi-primary-multi-network", Map.of("tokenExpiration", "12h"));
        assertThat(again.shown("Approve change", "planSummary"))
                .contains("0 objects to create, 0 to change, 0 to delete");
        again.decide("carla", "Approve change", Map.of("approved", false, "comment", "as the test has it"));
        assertThat(again.end()).isEqualTo("EndEvent_ChangeRejected");

        // when the tokens are to be renewed
        TokenRenewal schedule = TestApplication.CONTEXT.getBean(TokenRenewal.class);
        assertThat(schedule.renewNext(Instant.now())).isEmpty();
        String bound = token(fleet.first(), fleet.second());
        int version = declared(fleet).version();
        PlayedChange renewal = PlayedChange.running(
                TestApplication.ENGINE,
                schedule.renewNext(Instant.now().plus(Duration.ofHours(4).plusMinutes(10)))
                        .orElseThrow(),
                fleet.mesh());

        // then
        assertThat(renewal.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(tokens(fleet.second())).containsExactly(BOUND + "-2");
        assertThat(accepted(fleet.second(), bound)).isFalse();
        assertThat(accepted(fleet.second(), token(fleet.first(), fleet.second())))
                .isTrue();
        assertThat(renewal.records())
                .anyMatch(record -> record.contains("standing approval: APPROVED")
                        && record.contains("Version %d of the declared mesh".formatted(version)))
                .anyMatch(record -> record.contains("endpoints after the rotation: AS_BEFORE"));
        assertThat(declared(fleet).version()).as("a renewal declares nothing").isEqualTo(version);

        // when somebody else starts it, nothing approves that
        PlayedChange stranger = PlayedChange.running(
                TestApplication.ENGINE,
                TestApplication.ENGINE
                        .getRuntimeService()
                        .startProcessInstanceByKey(
                                "renew-remote-tokens",
                                fleet.mesh(),
                                Map.of("mesh", JsonVariable.of(declared(fleet).mesh())))
                        .getId(),
                fleet.mesh());
        assertThat(stranger.shown("Decide how to go on", "failureText")).contains("a start by somebody else");
        assertThat(schedule.renewNext(Instant.now().plus(Duration.ofHours(9))))
                .as("one that waits for a person is still the only one of its mesh")
                .isEmpty();
        stranger.decide("olivia", "Decide how to go on", Map.of("decision", "stop"));
        assertThat(stranger.end()).isEqualTo("EndEvent_PreparationStopped");
    }

    private static String token(String reader, String target) {
        String kubeconfig =
                new String(Base64.getDecoder().decode(remoteSecret(reader, target)), StandardCharsets.UTF_8);
        return kubeconfig.replaceAll("(?s).*token: \"?([^\\s\"]+).*", "$1");
    }

    private static boolean accepted(String cluster, String token) {
        return TestApplication.CONTEXT
                .getBean(Clusters.class)
                .get(new ClusterName(cluster))
                .authenticates(token);
    }

    /** The writes to istiod and to remote secrets of the last rotation in the first cluster, in order. */
    private static List<String> swap(ProcessFleet fleet) {
        List<String> writes = TestApplication.SANDBOX.writes(fleet.first()).stream()
                .filter(write -> "istio-system".equals(write.namespace()))
                .filter(write -> (write.name().equals("istiod") && write.kind().equals("Deployment"))
                        || write.name().startsWith("istio-remote-secret-"))
                .map(write -> write.kind() + " " + write.name())
                .toList();
        return writes.subList(writes.size() - 4, writes.size());
    }

    private static Deployment istiod(String cluster) {
        return TestApplication.SANDBOX
                .client(cluster)
                .apps()
                .deployments()
                .inNamespace("istio-system")
                .withName("istiod")
                .get();
    }

    /** Nobody reads the primary, so only the remote has a token. */
    @Test
    void shouldReplaceTheTokenOfARemoteAlone() {
        // given
        ProcessFleet fleet = TestApplication.takeOnOneNetwork(2);
        PlayedChange installed = fleet.request("primary-remote");
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");

        // when
        PlayedChange plan = start(fleet, "plan-change", Map.of("planOf", "rotate-remote-tokens"));
        assertThat(plan.end()).isEqualTo("EndEvent_PlanComputed");
        PlayedChange change = start(fleet, "rotate-remote-tokens", Map.of());
        change.approve("carla");

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(tokens(fleet.first())).isEmpty();
        assertThat(tokens(fleet.second())).containsExactly(TOKEN + "-2");
    }

    @Test
    void shouldReadWithTheOldTokensAgainAfterARollBack() {
        // given
        ProcessFleet fleet = installed(2);
        String held = remoteSecret(fleet.first(), fleet.second());
        PlayedChange change = start(fleet, "rotate-remote-tokens", Map.of());
        change.shown("Approve rotating remote tokens of " + fleet.mesh(), "plan");
        fleet.cluster(fleet.second()).deny("patch", "deployments");
        change.approve("carla");
        String failure = change.shown("Decide how to go on", "failureText");
        fleet.cluster(fleet.second()).allowAll();

        // when
        change.decide("oscar", "Decide how to go on", Map.of("decision", "rollBack", "comment", "not today"));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_ChangeRolledBack");
        assertThat(failure).contains("deployments");
        assertThat(remoteSecret(fleet.first(), fleet.second())).isEqualTo(held);
        assertThat(fleet.clusters())
                .allSatisfy(cluster -> assertThat(tokens(cluster)).containsExactly(TOKEN));
    }

    @Test
    void shouldReplaceIntermediatesUnderTheSameRootAndPutThemBack() {
        // given
        ProcessFleet fleet = installed(2);
        Map<String, String> before = cacerts(fleet.first());
        Map<String, String> other = cacerts(fleet.second());

        // when one is replaced
        PlayedChange one = start(fleet, "rotate-intermediates", Map.of("clusters", fleet.first()));
        String plan = one.shown("Approve rotating intermediate CAs of " + fleet.mesh(), "plan");
        one.approve("carla");

        // then
        assertThat(one.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(plan)
                .contains(
                        "a new intermediate CA under the root with SHA-256 fingerprint",
                        "data.ca-cert.pem",
                        "a new one")
                .doesNotContain("PRIVATE KEY");
        assertThat(cacerts(fleet.first()).get("ca-cert.pem")).isNotEqualTo(before.get("ca-cert.pem"));
        assertThat(cacerts(fleet.first()).get("root-cert.pem")).isEqualTo(before.get("root-cert.pem"));
        assertThat(cacerts(fleet.second())).isEqualTo(other);
        assertThat(one.records())
                .as("istiod reads it by itself")
                .noneMatch(record -> record.contains("Deployment istio-system/istiod: PATCHED"));

        // when the change after it fails
        Map<String, String> now = cacerts(fleet.first());
        PlayedChange change = start(fleet, "rotate-intermediates", Map.of());
        change.shown("Approve rotating intermediate CAs of " + fleet.mesh(), "plan");
        fleet.cluster(fleet.second()).deny("patch", "secrets");
        change.approve("carla");
        change.shown("Decide how to go on", "failureText");
        fleet.cluster(fleet.second()).allowAll();
        change.decide("oscar", "Decide how to go on", Map.of("decision", "rollBack", "comment", "not today"));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_ChangeRolledBack");
        assertThat(cacerts(fleet.first())).isEqualTo(now);
        assertThat(cacerts(fleet.second())).isEqualTo(other);
    }

    /** Each phase is looked at in the clusters, and one is taken back before the change goes on. */
    @Test
    void shouldChangeTheRootInPhasesThatGoForwardAndBack() {
        // given
        ProcessFleet fleet = installed(2);
        Map<String, String> before = cacerts(fleet.first());
        List<String> roots = declared(fleet).roots();
        String workload = restartOf(fleet.first());

        // when
        PlayedChange change = start(fleet, "rotate-root", Map.of());
        String plan = change.shown("Approve rotating root CA of " + fleet.mesh(), "plan");
        change.approve("carla");
        String first = change.shown(CHOOSE, "phaseText");

        // then
        assertThat(plan)
                .contains("in three phases", "restarts in each phase", "restarts in the first two phases")
                .doesNotContain("PRIVATE KEY");
        assertThat(first).contains("Phase 1 of 3 is done", "All proxies have a certificate of this phase");
        assertThat(certificates(fleet.first())).isEqualTo(2);
        assertThat(cacerts(fleet.first())).containsEntry("ca-cert.pem", before.get("ca-cert.pem"));
        assertThat(cacerts(fleet.second()))
                .containsEntry("root-cert.pem", cacerts(fleet.first()).get("root-cert.pem"));
        assertThat(restartOf(fleet.first())).isNotEqualTo(workload);

        // when it goes on, back, and on to its end
        choose(change, "next");
        assertThat(change.shown(CHOOSE, "phaseText")).contains("Phase 2 of 3 is done");
        assertThat(certificates(fleet.first())).isEqualTo(2);
        assertThat(cacerts(fleet.first())).doesNotContainEntry("ca-cert.pem", before.get("ca-cert.pem"));
        choose(change, "back");
        assertThat(change.shown(CHOOSE, "phaseText")).contains("Phase 1 of 3 is done");
        assertThat(cacerts(fleet.first())).containsEntry("ca-cert.pem", before.get("ca-cert.pem"));
        choose(change, "next");
        change.shown(CHOOSE, "phaseText");
        choose(change, "next");
        assertThat(change.shown(CHOOSE, "phaseText")).contains("Phase 3 of 3 is done");
        choose(change, "finish");

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(certificates(fleet.first())).isOne();
        assertThat(cacerts(fleet.first())).doesNotContainEntry("root-cert.pem", before.get("root-cert.pem"));
        assertThat(declared(fleet).roots()).hasSize(1).doesNotContainAnyElementsOf(roots);
    }

    @Tag("slow")
    @Test
    void shouldHaveTheOldRootAloneAfterARollBackFromTheSecondPhase() {
        // given
        ProcessFleet fleet = installed(2);
        Map<String, String> before = cacerts(fleet.first());
        PlayedChange change = start(fleet, "rotate-root", Map.of());
        change.approve("carla");
        change.shown(CHOOSE, "phaseText");
        choose(change, "next");
        change.shown(CHOOSE, "phaseText");

        // when
        choose(change, "rollBack");

        // then
        assertThat(change.end()).isEqualTo("EndEvent_ChangeRolledBack");
        assertThat(cacerts(fleet.first())).isEqualTo(before);
        assertThat(change.records())
                .anyMatch(record -> record.contains("phase of the root's change: BOTH_TRUSTED Back to phase 1 of 3"));
    }

    private static void choose(PlayedChange change, String decision) {
        change.decide("oscar", CHOOSE, Map.of("decision", decision, "comment", "as the test has it"));
    }

    private static long certificates(String cluster) {
        String pem = new String(
                Base64.getDecoder()
                        .decode(Objects.requireNonNull(cacerts(cluster).get("root-cert.pem"))),
                StandardCharsets.US_ASCII);
        return pem.lines().filter(line -> line.contains("BEGIN CERTIFICATE")).count();
    }

    /** Of the gateway, which every cluster of this fleet has. */
    private static String restartOf(String cluster) {
        return String.valueOf(TestApplication.SANDBOX
                .client(cluster)
                .apps()
                .deployments()
                .inNamespace("istio-system")
                .withName("istio-eastwestgateway")
                .get()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("kubectl.kubernetes.io/restartedAt"));
    }

    private static ProcessFleet installed(int clusters) {
        ProcessFleet fleet = TestApplication.take(clusters);
        PlayedChange installed = fleet.request();
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        return fleet;
    }

    private static PlayedChange start(ProcessFleet fleet, String process, Map<String, Object> more) {
        Map<String, Object> inputs = new HashMap<>(Map.of("mesh", fleet.mesh(), "reason", "a test"));
        inputs.putAll(more);
        return PlayedChange.request(TestApplication.ENGINE, "olivia", process, fleet.mesh(), inputs);
    }

    private static void refused(ProcessFleet fleet, Map<String, Object> inputs, String finding) {
        assertThatThrownBy(() -> start(fleet, "rotate-remote-tokens", inputs)).hasMessageContaining(finding);
    }

    private static List<String> tokens(String cluster) {
        return TestApplication.SANDBOX.client(cluster).secrets().inNamespace("istio-system").list().getItems().stream()
                .map(secret -> secret.getMetadata().getName())
                .filter(name -> name.startsWith(TOKEN) || name.startsWith(BOUND))
                .toList();
    }

    private static String remoteSecret(String reader, String target) {
        Secret secret = TestApplication.SANDBOX
                .client(reader)
                .secrets()
                .inNamespace("istio-system")
                .withName("istio-remote-secret-" + target)
                .get();
        return Objects.requireNonNull(secret.getData().get(target));
    }

    private static Map<String, String> cacerts(String cluster) {
        return TestApplication.SANDBOX
                .client(cluster)
                .secrets()
                .inNamespace("istio-system")
                .withName("cacerts")
                .get()
                .getData();
    }

    private static DeclaredMesh declared(ProcessFleet fleet) {
        return TestApplication.CONTEXT
                .getBean(DeclaredMeshes.class)
                .find(fleet.mesh())
                .orElseThrow();
    }
}

package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.deploy.GrantedRights;
import io.meshspan.kubernetes.Access;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every process with the rights of {@code deploy/rights/meshspan.yaml} and no others, on three clusters of which the last two
 * share a network; then the API servers' audit logs are compared with the rights. {@code -Dmeshspan.rights.audited=FILE} adds the
 * rights that they show to a file, with which {@code RightsTest} compares the roles in each build.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RightsE2E extends OnRealClusters {

    private static final String USER = "system:serviceaccount:meshspan-access:meshspan";
    private static final String VERIFIED = "EndEvent_MeshVerified";
    private static final String OTHER_KINDS =
            Stream.of("StatefulSet", "DaemonSet").map("""
                    ---
                    apiVersion: apps/v1
                    kind: %1$s
                    metadata: {name: other, namespace: shop}
                    spec:
                      selector: {matchLabels: {app: %1$s}}
                      template:
                        metadata: {labels: {app: %1$s}}
                        spec: {containers: [{name: other, image: "example.org/other:1"}]}
                    """::formatted).collect(Collectors.joining());
    private static final Set<String> READING = Set.of("get", "list");

    /** It changes nothing, has no preflight, and tells what it may not read. */
    private static final String UNPREPARED = "check-drift";

    private final Map<String, Integer> seen = new HashMap<>();
    private final Set<Access> used = new HashSet<>();
    private final Set<String> lacked = new TreeSet<>();
    private final Set<String> unasked = new TreeSet<>();

    @Override
    Map<String, String> properties() {
        return Map.of("meshspan.istio.allow-newer", "true");
    }

    @BeforeAll
    static void auditLogsNamed() {
        Assumptions.assumeTrue(
                GivenObjects.AUDIT_LOGS.text().isPresent()
                        && GivenObjects.APPLICATION_KUBECONFIG.text().isPresent()
                        && Settings.read().clusters().size() == 3,
                "skipped, for it needs three clusters, their audit logs and a kubeconfig of Meshspan's own; name them by -D"
                        + GivenObjects.AUDIT_LOGS.property() + " and -D"
                        + GivenObjects.APPLICATION_KUBECONFIG.property());
    }

    @Test
    void shouldGrowAndShrinkAMeshWithTheDocumentedRights() throws IOException {
        // given
        List<String> two = fleet().contexts().subList(0, 2);
        String third = fleet().last().name();

        // when
        ends(VERIFIED, "multi-primary-multi-network", two, Map.of());
        ends(VERIFIED, "verify-mesh", two, Map.of());
        E2eChange addition = E2eChange.request(
                fleet().application(),
                "add-cluster",
                E2eFleet.MESH,
                Map.of("mesh", E2eFleet.MESH, "join", third, "reason", "end-to-end test"));
        assertThat(addition.approve().end()).isEqualTo(VERIFIED);
        compare("add-cluster");
        ends("EndEvent_ClustersTakenOut", "take-out-cluster", fleet().contexts(), Map.of("takeOut", third));

        // then
        conclude();
    }

    @Test
    void shouldRollBackAndRemoveAMeshWithTheDocumentedRights() throws IOException {
        // given
        List<String> two = fleet().contexts().subList(1, 3);

        // when
        ends(VERIFIED, "primary-remote", two, Map.of());
        E2eChange other =
                fleet().request("primary-remote", version(), two, Map.of("hub", "registry.example.org/istio"));
        assertThat(other.planSummary()).doesNotContain(" 0 to change");
        rolledBackAtItsVerification(other, fleet().last());
        compare("roll-back");
        remove();

        // then
        conclude();
    }

    @Test
    void shouldRotateAndUpgradeAMeshWithTheDocumentedRights() throws IOException {
        // given
        Assumptions.assumeTrue(
                fleet().versions().size() > 1,
                "skipped, for it needs two versions; name them by -D" + GivenObjects.VERSIONS.property());
        List<String> two = fleet().contexts().subList(0, 2);
        ends(VERIFIED, GivenObjects.TOPOLOGY.text().orElse("multi-primary-multi-network"), two, Map.of());
        HelloWorldWorkloads.create(fleet().clusters().subList(0, 2));
        fleet().first()
                .client()
                .load(new ByteArrayInputStream(OTHER_KINDS.getBytes(StandardCharsets.UTF_8)))
                .create();

        try {
            // when
            declared("rotate-remote-tokens", Map.of());
            declared("rotate-remote-tokens", Map.of("tokenExpiration", "720h"));
            declared("rotate-intermediates", Map.of());
            E2eChange root = fleet().requestDeclared("rotate-root", Map.of());
            root.approve();
            for (String decision : List.of("next", "next", "finish")) {
                root.phase();
                root.afterPhase(decision);
            }
            assertThat(root.end()).isEqualTo(VERIFIED);
            compare("rotate-root");
            E2eChange upgrade = fleet().requestDeclared(
                            "upgrade-mesh",
                            Map.of("istioVersion", fleet().versions().get(1)));
            upgrade.approve();
            upgrade.choose(
                    "move",
                    "wave",
                    two.stream()
                            .flatMap(name -> Stream.of(HelloWorldWorkloads.SHOP, HelloWorldWorkloads.CALLER)
                                    .map(namespace -> name + "/" + namespace))
                            .toArray(String[]::new));
            assertThat(upgrade.end()).isEqualTo(VERIFIED);
            compare("upgrade-mesh");
        } finally {
            HelloWorldWorkloads.remove(fleet().clusters().subList(0, 2));
        }

        // then
        conclude();
    }

    /** Comes first, for no other leaves a mesh that is not declared. */
    @Test
    @Order(1)
    void shouldAdoptAndUpgradeInPlaceWithTheDocumentedRights() throws IOException {
        // given
        Assumptions.assumeTrue(
                fleet().versions().size() > 1,
                "skipped, for it needs two versions; name them by -D" + GivenObjects.VERSIONS.property());
        List<String> two = fleet().contexts().subList(0, 2);
        GivenMesh.byHelm(fleet(), version(), two, List.of());
        compare("installation by Helm");

        // when
        E2eChange adoption = E2eChange.request(
                fleet().application(),
                "adopt-mesh",
                E2eFleet.MESH,
                Map.of("clusters", String.join(",", two), "reason", "end-to-end test"));
        adoption.approve();
        assertThat(adoption.end()).isEqualTo(VERIFIED);
        compare("adopt-mesh");
        GivenMesh.awaitDrift(fleet());
        compare(UNPREPARED);
        declared("upgrade-in-place", Map.of("istioVersion", fleet().versions().get(1)));
        remove();
        GivenMesh.removeNamespace(fleet());

        // then
        conclude();
    }

    private void declared(String process, Map<String, Object> more) {
        assertThat(fleet().requestDeclared(process, more).approve().end()).isEqualTo(VERIFIED);
        compare(process);
    }

    private void conclude() throws IOException {
        GrantedRights granted = GrantedRights.read();
        assertThat(used).hasSizeGreaterThan(50).allMatch(granted::allows);
        record(used);
        assertThat(lacked).isEmpty();
        assertThat(unasked).isEmpty();
    }

    private void ends(String event, String process, List<String> contexts, Map<String, Object> more) {
        assertThat(fleet().request(process, version(), contexts, more).approve().end())
                .isEqualTo(event);
        compare(process);
    }

    private void remove() {
        boolean definitions =
                GivenObjects.REMOVE_DEFINITIONS.text().filter("true"::equals).isPresent();
        E2eChange removal = fleet().requestDeclared(
                        "remove-mesh", Map.of("confirmMeshId", E2eFleet.MESH, "removeCrds", definitions))
                .approve();
        if (definitions) {
            removal.approve("Approve removal of CRDs");
        }
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        compare("remove-mesh");
    }

    /**
     * What a change did with what its preflight asked for. What the preflight itself reads, and pods that it creates as a dry run,
     * it tells where it may not.
     */
    private void compare(String process) {
        String logs = GivenObjects.AUDIT_LOGS.text().orElseThrow();
        List<ApiServerAudit> audited = fleet().contexts().stream()
                .map(context -> ApiServerAudit.of(Path.of(logs.replace("{cluster}", context)), USER)
                        .after(seen.getOrDefault(context, 0)))
                .toList();
        for (int i = 0; i < audited.size(); i++) {
            seen.merge(fleet().contexts().get(i), audited.get(i).events().size(), Integer::sum);
        }
        Set<Access> asked = all(audited, ApiServerAudit::asked);
        Set<Access> now = all(audited, ApiServerAudit::used);
        used.addAll(now);
        all(audited, ApiServerAudit::lacked).forEach(access -> lacked.add(process + ": " + access));
        if (process.equals(UNPREPARED)) {
            return;
        }
        now.stream()
                .filter(access -> !READING.contains(access.verb()))
                .filter(access -> !access.resource().equals("selfsubjectaccessreviews"))
                .filter(access -> !access.equals(new Access("create", "", "pods", access.namespace())))
                .filter(access -> asked.stream().noneMatch(other -> covers(other, access)))
                .forEach(access -> unasked.add(process + ": " + access));
    }

    /** An answer without a namespace holds for all. */
    private static boolean covers(Access asked, Access access) {
        return asked.equals(access) || asked.equals(new Access(access.verb(), access.group(), access.resource(), ""));
    }

    private static Set<Access> all(List<ApiServerAudit> audited, Function<ApiServerAudit, Stream<Access>> which) {
        return audited.stream().flatMap(which).collect(Collectors.toSet());
    }

    private static void record(Set<Access> used) throws IOException {
        String record = System.getProperty("meshspan.rights.audited");
        if (record != null) {
            Path file = Path.of(record);
            Set<String> lines = new TreeSet<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
            used.stream().map(GrantedRights::line).forEach(lines::add);
            Files.write(file, lines);
        }
    }
}

package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;

/** The last of three clusters joins a declared mesh of the others that is in use, and leaves it again. */
class MembershipE2E extends OnRealClusters {

    private static final String VERIFIED = "EndEvent_MeshVerified";
    private static final int DEBUG_PORT = 8080;

    @AfterEach
    void removeWorkloads() {
        HelloWorldWorkloads.remove(staying());
    }

    @Test
    void shouldTouchOnlyWhatChangesForTheMembersThatStay() throws Exception {
        // given
        Assumptions.assumeTrue(fleet().contexts().size() == 3, "skipped, for it needs three clusters");
        String topology = GivenObjects.TOPOLOGY.text().orElse("multi-primary-multi-network");
        boolean remote = topology.startsWith("primary-remote");
        List<String> names = fleet().contexts().subList(0, 2);
        LiveCluster third = fleet().last();
        E2eChange installed = fleet().request(topology, version(), names, Map.of());
        installed.approve();
        assertThat(installed.end()).isEqualTo(VERIFIED);
        HelloWorldWorkloads.create(staying());
        awaitEndOfSample();
        List<SortedMap<String, String>> before = states();
        List<SortedMap<String, String>> pods = pods();

        try (ContinuousCalls calls = ContinuousCalls.among(staying())) {
            // when
            E2eChange addition = fleet().requestDeclared(
                            "add-cluster", Map.of("join", third.name(), "role", remote ? "remote" : "primary"));
            addition.approve();
            assertThat(addition.end()).isEqualTo(VERIFIED);

            // then
            awaitEndOfSample();
            List<String> readers = remote ? names.subList(0, 1) : names;
            for (int i = 0; i < 2; i++) {
                SortedMap<String, String> now = states().get(i);
                assertThat(now).containsAllEntriesOf(before.get(i));
                assertThat(more(now, before.get(i)))
                        .isEqualTo(
                                readers.contains(names.get(i))
                                        ? List.of("Secret istio-system/istio-remote-secret-" + third.name())
                                        : List.of());
            }
            assertThat(pods()).isEqualTo(pods);
            assertThat(gateways(third)).isEqualTo(topology.endsWith("multi-network") ? 1 : 0);
            LiveCluster reader = staying().get(0);
            assertThat(remotes(reader)).containsEntry(third.name(), "synced");

            // when
            CompletableFuture<String> atFirstDeletion = new CompletableFuture<>();
            Watch deletions = firstDeletion(third, atFirstDeletion, readers);
            E2eChange removal = fleet().requestDeclared("take-out-cluster", Map.of("takeOut", third.name()));
            removal.approve();
            assertThat(removal.end()).isEqualTo("EndEvent_ClustersTakenOut");

            // then
            deletions.close();
            assertThat(atFirstDeletion.get(1, TimeUnit.SECONDS)).isEqualTo("no reader has it");
            assertThat(states()).isEqualTo(before);
            assertThat(pods()).isEqualTo(pods);
            assertThat(remotes(reader)).doesNotContainKey(third.name());
            assertThat(third.client()
                            .namespaces()
                            .withName(LiveCluster.ISTIO_SYSTEM)
                            .get())
                    .isNull();
            calls.assertNoneLost();
        }
    }

    private List<LiveCluster> staying() {
        return fleet().clusters().subList(0, 2);
    }

    private List<SortedMap<String, String>> states() {
        return staying().stream().map(cluster -> Footprint.of(cluster).states()).toList();
    }

    /** UIDs and restarts. */
    private List<SortedMap<String, String>> pods() {
        return staying().stream()
                .map(cluster -> cluster.client().pods().inAnyNamespace().list().getItems().stream()
                        .collect(Collectors.toMap(
                                pod -> pod.getMetadata().getName(),
                                pod -> pod.getMetadata().getUid(),
                                (one, other) -> one + other,
                                TreeMap::new)))
                .map(pods -> (SortedMap<String, String>) pods)
                .toList();
    }

    private static List<String> more(SortedMap<String, String> now, SortedMap<String, String> before) {
        TreeSet<String> more = new TreeSet<>(now.keySet());
        more.removeAll(before.keySet());
        return List.copyOf(more);
    }

    private static long gateways(LiveCluster cluster) {
        return cluster.client()
                .services()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withLabel("topology.istio.io/network")
                .list()
                .getItems()
                .size();
    }

    private void awaitEndOfSample() {
        fleet().clusters()
                .forEach(cluster -> cluster.client()
                        .namespaces()
                        .withName("sample")
                        .waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES));
    }

    /**
     * At the first deletion of a ServiceAccount, asks whether a reader still has the cluster: its Secret, or its istiod. Every member
     * has one for readers; a remote on one network has no Deployment.
     */
    private Watch firstDeletion(LiveCluster third, CompletableFuture<String> first, List<String> readers) {
        return third.client()
                .serviceAccounts()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .watch(new Watcher<ServiceAccount>() {
                    @Override
                    public void eventReceived(Action action, ServiceAccount found) {
                        if (action == Action.DELETED && !first.isDone()) {
                            first.complete(whoHas(third, readers));
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        first.completeExceptionally(cause);
                    }
                });
    }

    private String whoHas(LiveCluster third, List<String> readers) {
        List<String> have = new ArrayList<>();
        for (LiveCluster reader : staying()) {
            if (reader.client()
                            .secrets()
                            .inNamespace(LiveCluster.ISTIO_SYSTEM)
                            .withName("istio-remote-secret-" + third.name())
                            .get()
                    != null) {
                have.add(reader.name() + " has the remote secret");
            }
            if (readers.contains(reader.name()) && remotes(reader).containsKey(third.name())) {
                have.add(reader.name() + " has an istiod that lists it");
            }
        }
        return have.isEmpty() ? "no reader has it" : have.toString();
    }

    /** As the cluster's istiod lists them. */
    private static Map<String, String> remotes(LiveCluster cluster) {
        HasMetadata istiod = cluster.client()
                .pods()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withLabel("app", "istiod")
                .list()
                .getItems()
                .get(0);
        try (LocalPortForward forward = cluster.client()
                .pods()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withName(istiod.getMetadata().getName())
                .portForward(DEBUG_PORT)) {
            Map<String, String> remotes = new HashMap<>();
            Objects.requireNonNull(RestClient.create()
                            .get()
                            .uri(URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/debug/clusterz"))
                            .retrieve()
                            .body(JsonNode.class))
                    .forEach(each -> remotes.put(
                            each.path("id").asText(), each.path("syncStatus").asText()));
            return remotes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

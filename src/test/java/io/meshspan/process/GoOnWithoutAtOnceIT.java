package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.meshspan.DemoUsers;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordKind;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.ResponseEntity;

/** What happens meanwhile: others decide too, another change takes the cluster; and in the topologies that have no test of their own. */
class GoOnWithoutAtOnceIT {

    private static final String DECIDE = "Decide how to go on";
    private static final String VERIFIED = "EndEvent_MeshVerified";
    private static final Map<String, Object> WITHOUT = Map.of("decision", "without", "comment", "it is being rebuilt");
    private static final List<String> TWO_PEOPLE = List.of("oscar", "olivia");

    @Test
    void shouldCountOneOfTwoDecisionsInOneTask() {
        // given
        ProcessFleet processFleet = TestApplication.take(3);
        PlayedChange playedChange = refused(processFleet.request(), processFleet, processFleet.third());
        Task task = playedChange.task(DECIDE);

        // when
        List<String> answers = atOnce(playedChange, List.of(task, task));

        // then
        assertThat(playedChange.end()).isEqualTo(VERIFIED);
        assertThat(answers).filteredOn(answer -> answer.startsWith("204")).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !answer.startsWith("204"))
                .singleElement()
                .satisfies(GoOnWithoutAtOnceIT::assertInWords);
        assertThat(decisions(playedChange)).containsExactly("without " + processFleet.third());
    }

    /** Each alone would leave a mesh; both together would not. */
    @Test
    void shouldCountOneOfTwoDecisionsOfWhichEachTakesWhatTheOtherNeeds() {
        // given
        ProcessFleet processFleet = TestApplication.take(3);
        PlayedChange playedChange =
                refused(processFleet.request(), processFleet, processFleet.second(), processFleet.third());
        List<Task> tasks = await().until(() -> playedChange.tasks(DECIDE), open -> open.size() == 2);

        // when
        List<String> answers = atOnce(playedChange, tasks);

        // then
        assertThat(answers).filteredOn(answer -> answer.startsWith("204")).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !answer.startsWith("204"))
                .singleElement()
                .satisfies(GoOnWithoutAtOnceIT::assertInWords)
                .satisfies(answer -> assertThat(answer).contains("400", "what stays is no mesh"));
        assertThat(decisions(playedChange)).hasSize(1);
        await().ignoreException(OptimisticLockingException.class).until(() -> {
            playedChange.delete();
            return true;
        });
    }

    /** What another change holds by then is its own: it is not given back, and the record says so. */
    @Test
    void shouldLeaveTheLeaseToWhoeverTookItMeanwhile() {
        // given
        ProcessFleet processFleet = TestApplication.take(3);
        PlayedChange playedChange = refused(processFleet.request(), processFleet, processFleet.third());
        Task task = playedChange.task(DECIDE);
        takeOver(processFleet.third());

        // when
        assertThat(post("oscar", playedChange, task)).startsWith("204");

        // then
        assertThat(playedChange.end()).isEqualTo(VERIFIED);
        assertThat(processFleet.holder(processFleet.third())).isEqualTo("mesh-of-others/4711");
        assertThat(playedChange.records())
                .contains("Release Lease, " + processFleet.third()
                        + ", Lease: LOST Change mesh-of-others/4711 has it by now");
    }

    @Test
    void shouldGoOnInEveryOtherTopology() {
        // given
        Map<String, ProcessFleet> fleets = Map.of(
                "multi-primary", TestApplication.takeOnOneNetwork(3),
                "primary-remote", TestApplication.takeOnOneNetwork(3),
                "install-mesh", TestApplication.takeOnOneNetwork(3));
        List<PlayedChange> changes = fleets.entrySet().stream()
                .map(each -> each.getKey().equals("install-mesh")
                        ? byFile(each.getValue())
                        : each.getValue().request(each.getKey()))
                .toList();

        // when
        List<ProcessFleet> inOrder = List.copyOf(fleets.values());
        for (int i = 0; i < changes.size(); i++) {
            refused(changes.get(i), inOrder.get(i), inOrder.get(i).third());
        }
        changes.forEach(playedChange -> playedChange.decide("oscar", DECIDE, WITHOUT));

        // then
        assertThat(changes).extracting(PlayedChange::end).containsOnly(VERIFIED);
        assertThat(changes)
                .allSatisfy(playedChange ->
                        assertThat(playedChange.variable("verificationText")).contains("as oscar decided"));
    }

    private static PlayedChange byFile(ProcessFleet processFleet) {
        String file = "meshId: %s\nistioVersion: 1.30.3\nclusters:\n- {name: %s}\n- {name: %s}\n"
                        .formatted(processFleet.mesh(), processFleet.first(), processFleet.second())
                + "- {name: %s, role: remote, controlPlane: %s}\n"
                        .formatted(processFleet.third(), processFleet.second());
        return PlayedChange.request(
                TestApplication.ENGINE,
                "olivia",
                "install-mesh",
                processFleet.mesh(),
                Map.of("meshFile", file, "reason", "a test"));
    }

    /** Approved, and on its way to the question about each of these clusters. */
    private static PlayedChange refused(PlayedChange playedChange, ProcessFleet processFleet, String... clusters) {
        playedChange.task("Approve change");
        Stream.of(clusters)
                .forEach(cluster -> processFleet
                        .cluster(cluster)
                        .deny("patch", "deployments")
                        .deny("patch", "endpointslices"));
        playedChange.approve("carla");
        return playedChange;
    }

    private static void takeOver(String cluster) {
        Lease lease = TestApplication.SANDBOX
                .client(cluster)
                .leases()
                .inNamespace("kube-system")
                .withName("meshspan-change")
                .get();
        TestApplication.SANDBOX
                .client(cluster)
                .resource(new LeaseBuilder(lease)
                        .editSpec()
                        .withHolderIdentity("mesh-of-others/4711")
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .update();
    }

    private static List<String> decisions(PlayedChange playedChange) {
        return TestApplication.CONTEXT.getBean(Changes.class).of(playedChange.id()).stream()
                .filter(entry -> entry.record().kind() == RecordKind.DECIDED)
                .filter(entry -> entry.record().step().equals(DECIDE))
                .map(entry -> entry.record().result() + " " + entry.record().cluster())
                .toList();
    }

    private static void assertInWords(String answer) {
        assertThat(answer).startsWith("40").doesNotContain("ENGINE-", "Exception", "Cannot find");
    }

    /** One person a task, at the same moment. */
    private static List<String> atOnce(PlayedChange playedChange, List<Task> tasks) {
        CyclicBarrier together = new CyclicBarrier(tasks.size());
        List<CompletableFuture<String>> answers = Stream.iterate(0, i -> i < tasks.size(), i -> i + 1)
                .map(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        together.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return post(TWO_PEOPLE.get(i), playedChange, tasks.get(i));
                }))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** Status and body. */
    private static String post(String user, PlayedChange playedChange, Task task) {
        ProcessEngines.registerProcessEngine(TestApplication.ENGINE);
        String port = TestApplication.CONTEXT.getEnvironment().getRequiredProperty("local.server.port");
        ResponseEntity<JsonNode> answer = new TestRestTemplate(
                        new RestTemplateBuilder().rootUri("http://127.0.0.1:" + port), user, DemoUsers.PASSWORD)
                .postForEntity(
                        "/api/changes/%s/decisions/%s".formatted(playedChange.id(), task.getId()),
                        WITHOUT,
                        JsonNode.class);
        return answer.getStatusCode().value() + " " + Objects.toString(answer.getBody(), "");
    }
}

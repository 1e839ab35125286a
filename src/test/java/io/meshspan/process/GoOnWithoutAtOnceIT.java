package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.meshspan.audit.Changes;
import io.meshspan.audit.Kind;
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
        Fleet fleet = Application.take(3);
        Change change = refused(fleet.request(), fleet, fleet.third());
        Task task = change.task(DECIDE);

        // when
        List<String> answers = atOnce(change, List.of(task, task));

        // then
        assertThat(change.end()).isEqualTo(VERIFIED);
        assertThat(answers).filteredOn(answer -> answer.startsWith("204")).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !answer.startsWith("204"))
                .singleElement()
                .satisfies(GoOnWithoutAtOnceIT::assertInWords);
        assertThat(decisions(change)).containsExactly("without " + fleet.third());
    }

    /** Each alone would leave a mesh; both together would not. */
    @Test
    void shouldCountOneOfTwoDecisionsOfWhichEachTakesWhatTheOtherNeeds() {
        // given
        Fleet fleet = Application.take(3);
        Change change = refused(fleet.request(), fleet, fleet.second(), fleet.third());
        List<Task> tasks = await().until(() -> change.tasks(DECIDE), open -> open.size() == 2);

        // when
        List<String> answers = atOnce(change, tasks);

        // then
        assertThat(answers).filteredOn(answer -> answer.startsWith("204")).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !answer.startsWith("204"))
                .singleElement()
                .satisfies(GoOnWithoutAtOnceIT::assertInWords)
                .satisfies(answer -> assertThat(answer).contains("400", "what stays is no mesh"));
        assertThat(decisions(change)).hasSize(1);
        await().ignoreException(OptimisticLockingException.class).until(() -> {
            change.delete();
            return true;
        });
    }

    /** What another change holds by then is its own: it is not given back, and the record says so. */
    @Test
    void shouldLeaveTheLeaseToWhoeverTookItMeanwhile() {
        // given
        Fleet fleet = Application.take(3);
        Change change = refused(fleet.request(), fleet, fleet.third());
        Task task = change.task(DECIDE);
        takeOver(fleet.third());

        // when
        assertThat(post("oscar", change, task)).startsWith("204");

        // then
        assertThat(change.end()).isEqualTo(VERIFIED);
        assertThat(fleet.holder(fleet.third())).isEqualTo("mesh-of-others/4711");
        assertThat(change.records())
                .contains("Give cluster back, " + fleet.third()
                        + ", Lease: LOST Change mesh-of-others/4711 has it by now");
    }

    @Test
    void shouldGoOnInEveryOtherTopology() {
        // given
        Map<String, Fleet> fleets = Map.of(
                "multi-primary", Application.takeOnOneNetwork(3),
                "primary-remote", Application.takeOnOneNetwork(3),
                "install-mesh", Application.takeOnOneNetwork(3));
        List<Change> changes = fleets.entrySet().stream()
                .map(each -> each.getKey().equals("install-mesh")
                        ? byFile(each.getValue())
                        : each.getValue().request(each.getKey()))
                .toList();

        // when
        List<Fleet> inOrder = List.copyOf(fleets.values());
        for (int i = 0; i < changes.size(); i++) {
            refused(changes.get(i), inOrder.get(i), inOrder.get(i).third());
        }
        changes.forEach(change -> change.decide("oscar", DECIDE, WITHOUT));

        // then
        assertThat(changes).extracting(Change::end).containsOnly(VERIFIED);
        assertThat(changes)
                .allSatisfy(change ->
                        assertThat(change.variable("verificationText")).contains("as oscar decided"));
    }

    private static Change byFile(Fleet fleet) {
        String file = "meshId: %s\nistioVersion: 1.30.3\nclusters:\n- {name: %s}\n- {name: %s}\n"
                        .formatted(fleet.mesh(), fleet.first(), fleet.second())
                + "- {name: %s, role: remote, controlPlane: %s}\n".formatted(fleet.third(), fleet.second());
        return Change.request(
                Application.ENGINE,
                "olivia",
                "install-mesh",
                fleet.mesh(),
                Map.of("meshFile", file, "reason", "a test"));
    }

    /** Approved, and on its way to the question about each of these clusters. */
    private static Change refused(Change change, Fleet fleet, String... clusters) {
        change.task("Approve change");
        Stream.of(clusters)
                .forEach(cluster ->
                        fleet.cluster(cluster).deny("patch", "deployments").deny("patch", "endpointslices"));
        change.approve("carla");
        return change;
    }

    private static void takeOver(String cluster) {
        Lease lease = Application.SANDBOX
                .client(cluster)
                .leases()
                .inNamespace("kube-system")
                .withName("meshspan-change")
                .get();
        Application.SANDBOX
                .client(cluster)
                .resource(new LeaseBuilder(lease)
                        .editSpec()
                        .withHolderIdentity("mesh-of-others/4711")
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .update();
    }

    private static List<String> decisions(Change change) {
        return Application.CONTEXT.getBean(Changes.class).of(change.id()).stream()
                .filter(entry -> entry.record().kind() == Kind.DECIDED)
                .filter(entry -> entry.record().step().equals(DECIDE))
                .map(entry -> entry.record().result() + " " + entry.record().cluster())
                .toList();
    }

    private static void assertInWords(String answer) {
        assertThat(answer).startsWith("40").doesNotContain("ENGINE-", "Exception", "Cannot find");
    }

    /** One person a task, at the same moment. */
    private static List<String> atOnce(Change change, List<Task> tasks) {
        CyclicBarrier together = new CyclicBarrier(tasks.size());
        List<CompletableFuture<String>> answers = Stream.iterate(0, i -> i < tasks.size(), i -> i + 1)
                .map(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        together.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return post(TWO_PEOPLE.get(i), change, tasks.get(i));
                }))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** Status and body. */
    private static String post(String user, Change change, Task task) {
        ProcessEngines.registerProcessEngine(Application.ENGINE);
        String port = Application.CONTEXT.getEnvironment().getRequiredProperty("local.server.port");
        ResponseEntity<JsonNode> answer = new TestRestTemplate(
                        new RestTemplateBuilder().rootUri("http://127.0.0.1:" + port), user, user)
                .postForEntity(
                        "/api/changes/%s/decisions/%s".formatted(change.id(), task.getId()), WITHOUT, JsonNode.class);
        return answer.getStatusCode().value() + " " + Objects.toString(answer.getBody(), "");
    }
}

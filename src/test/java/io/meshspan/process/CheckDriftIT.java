package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.drift.DriftItem;
import io.meshspan.drift.DriftItem.Kind;
import io.meshspan.drift.DriftRecords;
import io.meshspan.drift.DriftRecords.LastCheck;
import io.meshspan.drift.DriftReport;
import io.meshspan.process.drift.DriftWatch;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What others do to a declared mesh is found, told in one task, and mended or left as people decide. */
class CheckDriftIT {

    @Test
    void shouldTellADriftOnceAndMendItByAChangeWithItsOwnApproval() {
        // given
        ProcessFleet fleet = TestApplication.take();
        MeshQuestion question = new MeshQuestion("check-drift", "Task_DecideOnDrift", fleet);
        PlayedChange installed = fleet.request();
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(check(fleet).open().items()).extracting(DriftItem::toString).isEmpty();
        long writes = fleet.writes().size();
        KubernetesClient kubectl = TestApplication.SANDBOX.client(fleet.first());

        // when
        var unused = kubectl.services()
                .inNamespace("istio-system")
                .withName("istiod")
                .edit(service -> {
                    service.getSpec().getPorts().get(0).setPort(15099);
                    return service;
                });
        TestApplication.SANDBOX
                .client(fleet.second())
                .secrets()
                .inNamespace("istio-system")
                .withName("istio-remote-secret-" + fleet.first())
                .delete();
        LastCheck found = checkBesideAStep(fleet);

        // then
        assertThat(found.open().items())
                .extracting(DriftItem::cluster, DriftItem::kind)
                .contains(tuple(fleet.first(), Kind.CHANGED), tuple(fleet.second(), Kind.MISSING));
        DriftItem changed = found.open().items().stream()
                .filter(item -> item.kind() == Kind.CHANGED)
                .findFirst()
                .orElseThrow();
        assertThat(changed.fields()).anyMatch(field -> field.path().equals("spec.ports"));
        Task asked = question.asked();
        check(fleet);
        assertThat(question.asked().getId()).as("told once").isEqualTo(asked.getId());
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> !TestApplication.EVENTS.of(fleet.mesh(), "drift").isEmpty());
        assertThat(TestApplication.EVENTS.of(fleet.mesh(), "drift"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.at("/data/title").asText())
                            .contains(fleet.mesh(), "is not as declared", "differences in");
                    assertThat(event.at("/data/link").asText()).endsWith("?task=" + asked.getId());
                    assertThat(event.at("/data/drift").asText())
                            .isEqualTo(found.open().digest());
                    assertThat(event.toString()).as("no text of a cluster").doesNotContain("15099");
                });

        // when the decision lacks something
        refused(asked, Map.of("decision", "forget"), "decision: expected repair, accept or ignore");
        refused(asked, Map.of("decision", "accept"), "comment: expected why");
        refused(
                asked,
                Map.of("decision", "accept", "comment", "\u200b\u2060\u3164"),
                "why this drift is left as it is, found nothing");
        refused(asked, Map.of("decision", "ignore", "comment", "a test"), "until: expected a date");
        refused(
                asked,
                Map.of(
                        "decision",
                        "ignore",
                        "comment",
                        "a test",
                        "until",
                        LocalDate.now(ZoneOffset.UTC).toString()),
                "until: expected a date from");
        refused(asked, Map.of("decision", "repair", "driftDigest", "0"), "driftDigest");

        // and it is to be mended
        MeshQuestion.answer(asked, Map.of("decision", "repair", "comment", "x".repeat(2000)));
        PlayedChange repair = question.begun("multi-primary-multi-network");
        repair.approve("carla");
        assertThat(repair.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(fleet.writes().size()).isGreaterThan((int) writes);

        // then
        await().atMost(30, TimeUnit.SECONDS).until(() -> question.open().isEmpty());
        assertThat(last(fleet).open().items()).isEmpty();
    }

    @Test
    void shouldRememberWhatIsAcceptedUntilItIsGoneAndCloseByItselfThen() {
        // given
        ProcessFleet fleet = TestApplication.take();
        MeshQuestion question = new MeshQuestion("check-drift", "Task_DecideOnDrift", fleet);
        PlayedChange installed = fleet.request();
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        port(fleet, 15099);
        assertThat(check(fleet).open().items()).hasSize(1);

        // when
        MeshQuestion.answer(question.asked(), Map.of("decision", "accept", "comment", "a test of the shop"));
        await().atMost(30, TimeUnit.SECONDS).until(() -> question.open().isEmpty());

        // then the same is not told again, but another one is
        assertThat(check(fleet).open().items()).isEmpty();
        assertThat(last(fleet).settled()).isEqualTo(1);
        assertThat(question.open()).isEmpty();
        port(fleet, 15098);
        assertThat(check(fleet).open().items()).hasSize(1);
        Task asked = question.asked();

        // when it is gone
        port(fleet, 15010);
        check(fleet);

        // then
        await().atMost(30, TimeUnit.SECONDS).until(() -> question.open().isEmpty());
        assertThat(TestApplication.ENGINE
                        .getHistoryService()
                        .createHistoricTaskInstanceQuery()
                        .taskId(asked.getId())
                        .singleResult()
                        .getDeleteReason())
                .isNotEqualTo("completed");
        port(fleet, 15099);
        assertThat(check(fleet).open().items())
                .as("what was accepted, and gone since")
                .hasSize(1);
    }

    private static void port(ProcessFleet fleet, int port) {
        var unused = TestApplication.SANDBOX
                .client(fleet.second())
                .services()
                .inNamespace("istio-system")
                .withName("istiod")
                .edit(service -> {
                    service.getSpec().getPorts().get(0).setPort(port);
                    return service;
                });
    }

    /** As soon as the change before has given its clusters back. */
    private static LastCheck check(ProcessFleet fleet) {
        DriftWatch watch = TestApplication.CONTEXT.getBean(DriftWatch.class);
        return await().atMost(30, TimeUnit.SECONDS)
                .until(() -> watch.ask(fleet.mesh()).get(60, TimeUnit.SECONDS), Optional::isPresent)
                .orElseThrow();
    }

    /** While the transaction of a step that has checked the mesh is still open. */
    private static LastCheck checkBesideAStep(ProcessFleet fleet) {
        DriftRecords records = TestApplication.CONTEXT.getBean(DriftRecords.class);
        DriftReport before = last(fleet).open();
        return Objects.requireNonNull(
                new TransactionTemplate(TestApplication.CONTEXT.getBean(PlatformTransactionManager.class))
                        .execute(step -> {
                            records.keep(before, Duration.ZERO);
                            return check(fleet);
                        }));
    }

    private static LastCheck last(ProcessFleet fleet) {
        return TestApplication.CONTEXT
                .getBean(DriftRecords.class)
                .find(fleet.mesh())
                .orElseThrow();
    }

    private static void refused(Task task, Map<String, Object> fields, String problem) {
        assertThatThrownBy(() -> MeshQuestion.answer(task, fields)).hasMessageContaining(problem);
    }
}

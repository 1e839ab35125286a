package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.lease.HeldLeases;
import io.meshspan.lease.Holder;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshId;
import io.meshspan.process.verification.VerificationSchedule;
import io.meshspan.verification.VerificationHistory;
import io.meshspan.verification.VerificationRun;
import io.meshspan.verification.VerificationRun.ClusterPair;
import io.meshspan.verification.VerificationRun.Result;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A declared mesh is verified without a request of a person, and its history tells how calls across clusters go. */
@Tag("slow")
class VerifyOnScheduleIT {

    private final ProcessFleet fleet = TestApplication.take();
    private final VerificationHistory history = TestApplication.CONTEXT.getBean(VerificationHistory.class);

    @Test
    void shouldVerifyByItselfTellOfAFailureOnceAndOfItsEnd() {
        // given
        PlayedChange installed = fleet.request();
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(last().origin()).as("every verification is in the history").isEqualTo("multi-primary-multi-network");
        int version = version();

        // when
        String change = start();

        // then
        assertThat(end(change)).isEqualTo("EndEvent_MeshVerified");
        VerificationRun passed = history.newestWithPairs(fleet.mesh(), 1).get(0);
        assertThat(passed.result()).isEqualTo(Result.PASSED);
        assertThat(passed.origin()).isEqualTo("verify-on-schedule");
        assertThat(passed.change()).isEqualTo(change);
        assertThat(passed.pairs()).hasSize(4).allMatch(ClusterPair::succeeded).allSatisfy(pair -> {
            assertThat(pair.latency()).isNotNull();
            assertThat(pair.answers()).isPositive();
        });
        assertThat(passed.calls()).isGreaterThanOrEqualTo(20);
        assertThat(version()).as("it declares nothing").isEqualTo(version);
        ChangeSummary asked =
                TestApplication.CONTEXT.getBean(Changes.class).find(change).orElseThrow();
        assertThat(asked.requester()).isNull();
        assertThat(asked.reason()).contains("meshspan.verify.cron");
        assertThat(namespaces()).as("its sample is gone").doesNotContain("sample");
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> TestApplication.CONTEXT
                        .getBean(HeldLeases.class)
                        .of(change)
                        .isEmpty());

        // when a change holds the mesh, or another one its clusters
        Holder other = new Holder(new MeshId("another"), "another-change");
        ClusterLeases leases = TestApplication.CONTEXT.getBean(ClusterLeases.class);
        List<ClusterName> first = List.of(new ClusterName(fleet.first()));
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> leases.acquire(other, first).complete());
        String busy = start();

        // then
        assertThat(end(busy)).isEqualTo("EndEvent_VerificationSkipped");
        assertThat(last().result()).isEqualTo(Result.SKIPPED);
        assertThat(last().reason())
                .contains("Another change holds its clusters")
                .contains("another");
        TestApplication.CONTEXT.getBean(HeldLeases.class).forget(other.change());
        leases.release(other, first);

        // when calls have no answer
        Secret secret = remoteSecret();
        secrets().delete();
        String failing = start();

        // then
        assertThat(end(failing)).isEqualTo("EndEvent_MeshNotVerified");
        VerificationRun failed = history.newestWithPairs(fleet.mesh(), 1).get(0);
        assertThat(failed.result()).isEqualTo(Result.FAILED);
        assertThat(failed.reason()).contains(fleet.second());
        assertThat(failed.failedPairs())
                .extracting(ClusterPair::inWords)
                .contains(fleet.second() + " to " + fleet.first());
        assertThat(TestApplication.ENGINE
                        .getTaskService()
                        .createTaskQuery()
                        .processInstanceBusinessKey(fleet.mesh())
                        .count())
                .isZero();
        assertThat(version()).isEqualTo(version);
        JsonNode told = event("verification.failed");
        assertThat(told.at("/data/pairs").asText()).contains(fleet.second() + " to " + fleet.first());
        assertThat(told.at("/data/link").asText()).endsWith("?declared=" + fleet.mesh());

        // when it works again
        var unused = TestApplication.SANDBOX
                .client(fleet.second())
                .resource(new SecretBuilder(secret)
                        .editMetadata()
                        .withResourceVersion(null)
                        .withUid(null)
                        .endMetadata()
                        .build())
                .create();
        assertThat(end(start())).isEqualTo("EndEvent_MeshVerified");

        // then
        assertThat(event("verification.recovered").at("/data/title").asText()).contains("work again");
        assertThat(TestApplication.EVENTS.of(fleet.mesh(), "verification.failed"))
                .hasSize(1);
    }

    /** As soon as the change before has given its clusters back. */
    private String start() {
        VerificationSchedule schedule = TestApplication.CONTEXT.getBean(VerificationSchedule.class);
        return await().atMost(30, TimeUnit.SECONDS)
                .until(() -> schedule.verify(fleet.mesh()), Optional::isPresent)
                .orElseThrow();
    }

    private String end(String change) {
        return PlayedChange.running(TestApplication.ENGINE, change, fleet.mesh())
                .end();
    }

    private VerificationRun last() {
        return history.last(fleet.mesh()).orElseThrow();
    }

    private int version() {
        return TestApplication.CONTEXT
                .getBean(DeclaredMeshes.class)
                .find(fleet.mesh())
                .orElseThrow()
                .version();
    }

    private List<String> namespaces() {
        return TestApplication.SANDBOX.client(fleet.first()).namespaces().list().getItems().stream()
                .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
                .map(namespace -> namespace.getMetadata().getName())
                .toList();
    }

    private io.fabric8.kubernetes.client.dsl.Resource<Secret> secrets() {
        return TestApplication.SANDBOX
                .client(fleet.second())
                .secrets()
                .inNamespace("istio-system")
                .withName("istio-remote-secret-" + fleet.first());
    }

    private Secret remoteSecret() {
        return secrets().get();
    }

    private JsonNode event(String type) {
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> !TestApplication.EVENTS.of(fleet.mesh(), type).isEmpty());
        return TestApplication.EVENTS.of(fleet.mesh(), type).get(0);
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meshspan.process.expiry.ExpiryWatch;
import io.meshspan.trust.EndingIntermediate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;

/** An operator is asked in time, once, and the credential is renewed by a change of its own, or later. */
class RenewCredentialsIT {

    @Test
    void shouldAskOnceRenewByAChangeAndAskAgainAtTheNextDateAfterADeferral() {
        // given
        ProcessFleet fleet = TestApplication.take();
        MeshQuestion question = new MeshQuestion("renew-credentials", "Task_DecideOnRenewal", fleet);
        PlayedChange installed = fleet.request();
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        check(fleet);
        assertThat(question.open()).isEmpty();

        // when an intermediate ends in three weeks
        ends(fleet, Duration.ofDays(20));
        check(fleet);
        Task asked = question.asked();
        check(fleet);

        // then
        assertThat(question.asked().getId()).isEqualTo(asked.getId());
        assertThat(String.valueOf(TestApplication.ENGINE.getTaskService().getVariable(asked.getId(), "renewal")))
                .contains("the intermediate CAs end in 19 days", fleet.first(), "rotate-intermediates")
                .doesNotContain(fleet.second());
        assertThatThrownBy(() -> MeshQuestion.answer(asked, Map.of("decision", "defer")))
                .hasMessageContaining("comment: expected why");

        // when it is renewed
        MeshQuestion.answer(asked, Map.of("decision", "renew"));
        PlayedChange renewal = question.begun("rotate-intermediates");
        renewal.approve("carla");

        // then the question closes by itself
        assertThat(renewal.end()).isEqualTo("EndEvent_MeshVerified");
        await().atMost(30, TimeUnit.SECONDS).until(() -> question.open().isEmpty());

        // when the next one is deferred
        ends(fleet, Duration.ofDays(40));
        check(fleet);
        MeshQuestion.answer(question.asked(), Map.of("decision", "defer", "comment", "after the holidays"));
        await().atMost(30, TimeUnit.SECONDS).until(() -> question.open().isEmpty());
        check(fleet);

        // then nobody is asked before the next date
        assertThat(question.open()).isEmpty();
    }

    private static void check(ProcessFleet fleet) {
        TestApplication.CONTEXT.getBean(ExpiryWatch.class).check(fleet.mesh(), Instant.now());
    }

    private static void ends(ProcessFleet fleet, Duration left) {
        Map<String, String> ending = EndingIntermediate.in(TestApplication.CONTEXT, fleet.first(), left);
        var unused = TestApplication.SANDBOX
                .client(fleet.first())
                .secrets()
                .inNamespace("istio-system")
                .withName("cacerts")
                .edit(secret -> {
                    secret.getData().putAll(ending);
                    return secret;
                });
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meshspan.process.expiry.ExpiryWatch;
import io.meshspan.trust.EndingIntermediate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;

/** An operator is asked in time, once, and the credential is renewed by a change of its own, or later. */
class RenewCredentialsIT {

    @Test
    void shouldAskOnceRenewByAChangeAndAskAgainAtTheNextDateAfterADeferral() {
        // given
        ProcessFleet fleet = TestApplication.take();
        PlayedChange installed = fleet.request();
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        check(fleet);
        assertThat(open(fleet)).isEmpty();

        // when an intermediate ends in three weeks
        ends(fleet, Duration.ofDays(20));
        check(fleet);
        Task asked = task(fleet);
        check(fleet);

        // then
        assertThat(task(fleet).getId()).isEqualTo(asked.getId());
        assertThat(String.valueOf(TestApplication.ENGINE.getTaskService().getVariable(asked.getId(), "renewal")))
                .contains("the intermediate CAs end in 19 days", fleet.first(), "rotate-intermediates")
                .doesNotContain(fleet.second());
        assertThatThrownBy(() -> complete(asked, Map.of("decision", "defer")))
                .hasMessageContaining("comment: expected why");

        // when it is renewed
        complete(asked, Map.of("decision", "renew"));
        PlayedChange renewal =
                PlayedChange.running(TestApplication.ENGINE, rotation(fleet).getId(), fleet.mesh());
        renewal.approve("carla");

        // then the question closes by itself
        assertThat(renewal.end()).isEqualTo("EndEvent_MeshVerified");
        await().atMost(30, TimeUnit.SECONDS).until(() -> open(fleet).isEmpty());

        // when the next one is deferred
        ends(fleet, Duration.ofDays(40));
        check(fleet);
        complete(task(fleet), Map.of("decision", "defer", "comment", "after the holidays"));
        await().atMost(30, TimeUnit.SECONDS).until(() -> open(fleet).isEmpty());
        check(fleet);

        // then nobody is asked before the next date
        assertThat(open(fleet)).isEmpty();
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

    private static ProcessInstance rotation(ProcessFleet fleet) {
        return TestApplication.ENGINE
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey("rotate-intermediates")
                .processInstanceBusinessKey(fleet.mesh())
                .singleResult();
    }

    private static List<ProcessInstance> open(ProcessFleet fleet) {
        return TestApplication.ENGINE
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey("renew-credentials")
                .processInstanceBusinessKey(fleet.mesh())
                .list();
    }

    private static Task task(ProcessFleet fleet) {
        return await().atMost(30, TimeUnit.SECONDS)
                .until(
                        () -> TestApplication.ENGINE
                                .getTaskService()
                                .createTaskQuery()
                                .processInstanceBusinessKey(fleet.mesh())
                                .taskDefinitionKey("Task_DecideOnRenewal")
                                .list(),
                        tasks -> tasks.size() == 1)
                .get(0);
    }

    private static void complete(Task task, Map<String, Object> fields) {
        TestApplication.ENGINE.getIdentityService().setAuthentication("olivia", List.of("operators"));
        try {
            TestApplication.ENGINE.getTaskService().claim(task.getId(), "olivia");
            TestApplication.ENGINE.getTaskService().complete(task.getId(), fields);
        } finally {
            TestApplication.ENGINE.getIdentityService().clearAuthentication();
        }
    }
}

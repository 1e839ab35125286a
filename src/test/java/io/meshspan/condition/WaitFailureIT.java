package io.meshspan.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.process.PlayedChange;
import io.meshspan.process.ProcessFleet;
import io.meshspan.process.TestApplication;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A wait that will not end well ends at once, with the words of the cluster, and goes on when that is mended. */
class WaitFailureIT {

    private static final String DECIDE = "Decide how to go on";
    private static final String POLICY = "violates PodSecurity \"restricted:latest\": seccompProfile";

    private final ProcessFleet processFleet = TestApplication.take();

    @AfterEach
    void letPodsRun() {
        processFleet.cluster(processFleet.first()).refusePods("").hinderPods("");
    }

    @Test
    void shouldTellTheWordsOfAPolicyThatRefusesPods() {
        processFleet.cluster(processFleet.first()).refusePods(POLICY);
        PlayedChange change = processFleet.request();
        change.approve("carla");

        String told = failure(change.task(DECIDE));
        processFleet.cluster(processFleet.first()).refusePods("");
        change.decide("olivia", DECIDE, Map.of("decision", "retry"));

        assertThat(told)
                .contains(processFleet.first() + ", Deployment istio-system/istiod: expected pods", POLICY)
                .doesNotContain("not yet", "within");
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Test
    void shouldTellOfAnImageThatCannotBePulled() {
        processFleet.cluster(processFleet.first()).hinderPods("ImagePullBackOff");
        PlayedChange change = processFleet.request();
        change.approve("carla");

        String told = failure(change.task(DECIDE));
        processFleet.cluster(processFleet.first()).hinderPods("");
        change.decide("olivia", DECIDE, Map.of("decision", "retry"));

        assertThat(told)
                .contains("container discovery of Pod istio-system/istiod-", "ImagePullBackOff")
                .doesNotContain("not yet", "within");
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Test
    void shouldTellOfPodsThatWouldBeRefusedBeforeAnythingIsTouched() {
        PlayedChange first = processFleet.request();
        first.approve("carla");
        assertThat(first.end()).isEqualTo("EndEvent_MeshVerified");
        processFleet.cluster(processFleet.first()).refusePods(POLICY);

        PlayedChange again = processFleet.request();

        assertThat(again.shown("Approve change", "findings")).contains("pods of Deployment istio", "PodSecurity");
        again.delete();
    }

    private static String failure(Task task) {
        return String.valueOf(TestApplication.ENGINE.getTaskService().getVariable(task.getId(), "failureText"));
    }
}

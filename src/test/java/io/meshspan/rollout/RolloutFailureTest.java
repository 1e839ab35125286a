package io.meshspan.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.kubernetes.Admissions;
import io.meshspan.kubernetes.ClusterInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutFailureTest {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final String POLICY =
            "pods \"istiod-1\" is forbidden: violates PodSecurity \"restricted:latest\": seccompProfile";

    @Test
    void shouldTellWhoRefusesThePodsInTheirWords() {
        ClusterInMemory cluster =
                cluster(refused(deployment(), Instant.now())).admits(pod -> Admissions.refused(POLICY));

        assertThat(look(cluster)).singleElement().satisfies(failure -> {
            assertThat(failure.lasting()).isTrue();
            assertThat(failure.finding().toString()).contains("cluster1", "Deployment istio-system/istiod", POLICY);
        });
        assertThat(cluster.asked()).singleElement().satisfies(pod -> {
            assertThat(pod.getMetadata().getLabels()).containsKeys("app", "pod-template-hash");
            assertThat(pod.getSpec().getContainers()).hasSize(1);
        });
    }

    /** The controller asks again later and later, and the condition stays until it does. */
    @Test
    void shouldNotTellOfARefusalThatHasBeenMended() {
        assertThat(look(cluster(refused(deployment(), Instant.now())))).isEmpty();
    }

    @Test
    void shouldGiveAWebhookThatIsBeingRestartedTimeToAnswer() {
        String words = "Internal error occurred: failed calling webhook \"x\": no endpoints available";

        assertThat(look(cluster(refused(deployment(), Instant.now())).admits(pod -> Admissions.refused(words))))
                .singleElement()
                .satisfies(failure -> assertThat(failure.lasting()).isFalse());
        assertThat(look(cluster(refused(deployment(), Instant.now().minusSeconds(60)))
                        .admits(pod -> Admissions.refused(words))))
                .singleElement()
                .satisfies(failure -> assertThat(failure.lasting()).isTrue());
    }

    @Test
    void shouldTakeTheConditionsWordsWhereTheDryRunCannotBeMade() {
        assertThat(look(cluster(refused(deployment(), Instant.now())).admits(pod -> Admissions.notAsked("no right"))))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.lasting()).isTrue();
                    assertThat(failure.finding().found()).isEqualTo("FailedCreate: quota is full");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "ImagePullBackOff, 'Back-off pulling image: not found', true",
        "ErrImagePull, 'unauthorized', true",
        "InvalidImageName, 'auto is no image', true",
        "RegistryUnavailable, 'registry is unavailable', true",
        "SignatureValidationFailed, 'image signature validation failed', true",
        "CrashLoopBackOff, 'back-off 10s', true",
        "CreateContainerConfigError, 'secret \"x\" not found', false",
    })
    void shouldTellWhatKeepsAContainerFromRunning(String reason, String words, boolean lasting) {
        Pod pod = waiting(pod("new", Instant.now()), reason, words, null);

        assertThat(look(cluster(deployment(), pod))).singleElement().satisfies(failure -> {
            assertThat(failure.lasting()).isEqualTo(lasting);
            assertThat(failure.finding().what()).isEqualTo("container discovery of Pod istio-system/istiod-new");
            assertThat(failure.finding().found()).isEqualTo(reason + ": " + words);
        });
    }

    @Test
    void shouldTellTheLastWordsOfAContainerThatCrashes() {
        Pod pod = waiting(pod("new", Instant.now()), "CrashLoopBackOff", "back-off 10s", "flag --x is\nunknown");

        assertThat(look(cluster(deployment(), pod)))
                .singleElement()
                .satisfies(failure -> assertThat(failure.finding().found())
                        .isEqualTo("CrashLoopBackOff: exit code 2 (Error): flag --x is unknown"));
    }

    @Test
    void shouldNotMindThePodsThatARolloutIsAboutToTakeAway() {
        Pod old = waiting(pod("old", Instant.now().minusSeconds(600)), "CrashLoopBackOff", "back-off", null);

        assertThat(look(cluster(deployment(), old, pod("new", Instant.now())))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10, '', false", "90, '', true", "90, TriggeredScaleUp, false"})
    void shouldLeaveAnAutoscalerTimeToBringANode(int seconds, String event, boolean lasting) {
        Pod pod = new PodBuilder(pod("new", Instant.now()))
                .withNewStatus()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available: 3 Insufficient memory.")
                .withLastTransitionTime(Instant.now().minusSeconds(seconds).toString())
                .endCondition()
                .endStatus()
                .build();
        ClusterInMemory cluster = cluster(deployment(), pod);
        if (!event.isEmpty()) {
            cluster.with(event(pod, "Normal", event, "pod triggered scale-up"));
        }

        assertThat(look(cluster)).singleElement().satisfies(failure -> {
            assertThat(failure.lasting()).isEqualTo(lasting);
            assertThat(failure.finding().found())
                    .isEqualTo("FailedScheduling: 0/3 nodes are available: 3 Insufficient memory.");
        });
    }

    @Test
    void shouldTellTheLastWarningOfAPodThatDoesNotBecomeReadyWithoutEndingTheWait() {
        Pod pod = pod("new", Instant.now());

        assertThat(look(cluster(deployment(), pod, event(pod, "Warning", "FailedMount", "configmap not found"))))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.lasting()).isFalse();
                    assertThat(failure.finding().found()).isEqualTo("FailedMount: configmap not found");
                });
    }

    /** Whoever changes the root of an istiod has scaled it down, and no autoscaler brings it back. */
    @Test
    void shouldTellThatADeploymentIsScaledToZero() {
        Deployment none = new DeploymentBuilder(deployment())
                .editSpec()
                .withReplicas(0)
                .endSpec()
                .editStatus()
                .withReplicas(0)
                .endStatus()
                .build();

        assertThat(look(cluster(none))).singleElement().satisfies(failure -> {
            assertThat(failure.lasting()).isTrue();
            assertThat(failure.finding().found()).contains("scaled to 0");
            assertThat(failure.finding().advice()).contains("kubectl scale --replicas=1");
        });
    }

    @Test
    void shouldSayNothingOfWhatRuns() {
        Deployment complete = new DeploymentBuilder(refused(deployment(), Instant.now()))
                .editStatus()
                .withReplicas(1)
                .withUpdatedReplicas(1)
                .withAvailableReplicas(1)
                .endStatus()
                .build();

        assertThat(look(cluster(complete).admits(pod -> Admissions.refused(POLICY))))
                .isEmpty();
    }

    private static List<RolloutFailure> look(ClusterInMemory cluster) {
        return RolloutFailure.of(cluster, "istio-system", "istiod", A_MINUTE);
    }

    private static ClusterInMemory cluster(HasMetadata... objects) {
        return new ClusterInMemory("cluster1").with(objects);
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName("istiod")
                .withUid("uid-1")
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .addToMatchLabels("app", "istiod")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "istiod")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("discovery")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(1L)
                .endStatus()
                .build();
    }

    private static Deployment refused(Deployment deployment, Instant since) {
        return new DeploymentBuilder(deployment)
                .editStatus()
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus("True")
                .withReason("FailedCreate")
                .withMessage("quota is full")
                .withLastTransitionTime(since.toString())
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod pod(String hash, Instant created) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName("istiod-" + hash)
                .withUid("uid-" + hash)
                .withCreationTimestamp(created.toString())
                .addToLabels("app", "istiod")
                .addToLabels("pod-template-hash", hash)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }

    private static Pod waiting(
            Pod pod, String reason, String words, @org.jspecify.annotations.Nullable String lastWords) {
        Pod waiting = new PodBuilder(pod)
                .withNewStatus()
                .addNewContainerStatus()
                .withName("discovery")
                .withImage("registry/pilot:1")
                .withNewState()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(words)
                .endWaiting()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
        return lastWords == null
                ? waiting
                : new PodBuilder(waiting)
                        .editStatus()
                        .editContainerStatus(0)
                        .withNewLastState()
                        .withNewTerminated()
                        .withExitCode(2)
                        .withReason("Error")
                        .withMessage(lastWords)
                        .endTerminated()
                        .endLastState()
                        .endContainerStatus()
                        .endStatus()
                        .build();
    }

    private static HasMetadata event(Pod pod, String type, String reason, String message) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName(reason)
                .endMetadata()
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withLastTimestamp(Instant.now().toString())
                .withNewInvolvedObject()
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .endInvolvedObject()
                .build();
    }
}

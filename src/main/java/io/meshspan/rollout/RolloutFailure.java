package io.meshspan.rollout;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Admission;
import io.meshspan.kubernetes.Cluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why the pods of a Deployment do not become ready, in the cluster's own words: the message of the component that refuses
 * its pods, an image that cannot be pulled, the last output of a container that crashes, or nodes without room.
 *
 * @param evidence distinguishes this observation from a later one of the same kind
 * @param lasting whether it will probably not go away
 */
public record RolloutFailure(String evidence, boolean lasting, Finding finding) {

    private static final String HASH = "pod-template-hash";
    private static final Pattern IMAGE = Pattern.compile(".*Image.*|RegistryUnavailable|SignatureValidationFailed");
    private static final String CRASH = "CrashLoopBackOff";

    /** Keeps a container from starting, but somebody else may create it a moment later. */
    private static final Set<String> CONFIGURATION =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    /** An autoscaler has seen the pod and adds a node. */
    private static final Set<String> NODE_IS_COMING = Set.of("TriggeredScaleUp", "Nominated");

    private static final Pattern UNREACHABLE = Pattern.compile("failed calling webhook|not found");
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final int LONGEST = 1200;
    private static final Clock CLOCK = Clock.systemUTC();

    /**
     * Checks a Deployment and its newest pods.
     *
     * @param unscheduled how long a pod may find no node before the failure counts as lasting
     * @return the reasons that block its rollout, the most serious first; empty if it is complete or no reason is known
     */
    public static List<RolloutFailure> of(Cluster cluster, String namespace, String name, Duration unscheduled) {
        return cluster.find(Deployment.class, namespace, name)
                .filter(deployment -> isScaledToZero(deployment) || !RolloutComplete.test(deployment))
                .map(deployment -> new Inspection(cluster, deployment, unscheduled).all())
                .orElse(List.of());
    }

    private static boolean isScaledToZero(Deployment deployment) {
        return Objects.equals(deployment.getSpec().getReplicas(), 0);
    }

    private record Inspection(Cluster cluster, Deployment deployment, Duration unscheduled) {

        List<RolloutFailure> all() {
            Stream<RolloutFailure> ofPods =
                    newest().stream().filter(pod -> !ready(pod)).flatMap(pod -> ofPod(pod).stream());
            return Stream.of(scaledToZero().stream(), refusal().stream(), ofPods)
                    .flatMap(failures -> failures)
                    .sorted(Comparator.comparing(failure -> !failure.lasting()))
                    .toList();
        }

        /** As after a change of its root: an autoscaler leaves a target without replicas alone, and the charts set none. */
        private Optional<RolloutFailure> scaledToZero() {
            return isScaledToZero(deployment)
                    ? Optional.of(failure(
                            "%s scaled to 0".formatted(deployment.getMetadata().getUid()),
                            true,
                            "Deployment " + place(deployment.getMetadata()),
                            "at least one replica",
                            "scaled to 0, from where no autoscaler scales up",
                            "Scale it up (kubectl scale --replicas=1), then try again"))
                    : Optional.empty();
        }

        /** The controller's retries become slower and slower, so a dry run checks whether the refusal still applies. */
        private Optional<RolloutFailure> refusal() {
            return condition("ReplicaFailure").filter(Inspection::isTrue).flatMap(condition -> {
                Admission now = cluster.admission(Admission.pod(deployment));
                if (now.verdict() == Admission.Verdict.ADMITTED) {
                    return Optional.empty();
                }
                String words = now.verdict() == Admission.Verdict.REFUSED
                        ? now.words()
                        : Objects.requireNonNullElse(condition.getMessage(), "");
                boolean lasting =
                        !UNREACHABLE.matcher(words).find() || stands(condition.getLastTransitionTime(), SHORT);
                return Optional.of(failure(
                        "%s %s".formatted(deployment.getMetadata().getUid(), words),
                        lasting,
                        "Deployment " + place(deployment.getMetadata()),
                        "pods that the cluster admits",
                        "%s: %s".formatted(Objects.requireNonNullElse(condition.getReason(), "FailedCreate"), words),
                        "Ask those who keep this rule for an exception, or change values so that the pods fit it"));
            });
        }

        private Optional<RolloutFailure> ofPod(Pod pod) {
            return waiting(pod).or(() -> unscheduled(pod)).or(() -> lastWarning(pod));
        }

        private Optional<RolloutFailure> waiting(Pod pod) {
            return containers(pod)
                    .flatMap(container -> Stream.ofNullable(container.getState())
                            .flatMap(state -> Stream.ofNullable(state.getWaiting()))
                            .flatMap(state -> waiting(pod, container, state).stream()))
                    .findFirst();
        }

        private Optional<RolloutFailure> waiting(Pod pod, ContainerStatus container, ContainerStateWaiting state) {
            String reason = Objects.requireNonNullElse(state.getReason(), "");
            String evidence = "%s %s %s %d"
                    .formatted(
                            pod.getMetadata().getUid(),
                            container.getName(),
                            IMAGE.matcher(reason).matches() ? "image" : reason,
                            Objects.requireNonNullElse(container.getRestartCount(), 0));
            String where = "container %s of Pod %s".formatted(container.getName(), place(pod.getMetadata()));
            if (IMAGE.matcher(reason).matches()) {
                return Optional.of(failure(
                        evidence,
                        true,
                        where,
                        "image %s".formatted(container.getImage()),
                        told(reason, state.getMessage()),
                        "See that this image exists and that the nodes may pull it (registry, imagePullSecrets)"));
            }
            if (reason.equals(CRASH)) {
                return Optional.of(failure(
                        evidence,
                        true,
                        where,
                        "a container that runs",
                        told(reason, lastWords(container)),
                        "Read its log (kubectl logs --previous) and correct the errors in it"));
            }
            return CONFIGURATION.contains(reason)
                    ? Optional.of(failure(
                            evidence,
                            stands(pod.getMetadata().getCreationTimestamp(), SHORT),
                            where,
                            "a container that starts",
                            told(reason, state.getMessage()),
                            "Correct what it names"))
                    : Optional.empty();
        }

        private Optional<RolloutFailure> unscheduled(Pod pod) {
            return conditions(pod)
                    .filter(condition -> "PodScheduled".equals(condition.getType())
                            && "False".equals(condition.getStatus())
                            && !"SchedulingGated".equals(condition.getReason()))
                    .map(condition -> failure(
                            pod.getMetadata().getUid() + " " + condition.getMessage(),
                            stands(condition.getLastTransitionTime(), unscheduled) && !nodeIsComing(pod),
                            "Pod " + place(pod.getMetadata()),
                            "a node for it",
                            told("FailedScheduling", condition.getMessage()),
                            "Make room on the nodes, or change resources, nodeSelector or tolerations"))
                    .findFirst();
        }

        private boolean nodeIsComing(Pod pod) {
            return events(pod).anyMatch(event -> NODE_IS_COMING.contains(event.getReason()));
        }

        /** For the end of a wait: an event explains other problems of a pod, for example with a volume or a probe. */
        private Optional<RolloutFailure> lastWarning(Pod pod) {
            return events(pod)
                    .filter(event -> "Warning".equals(event.getType()))
                    .max(Comparator.comparing(ClusterEvents::time))
                    .map(event -> failure(
                            pod.getMetadata().getUid() + " " + event.getReason(),
                            false,
                            "Pod " + place(pod.getMetadata()),
                            "a pod that becomes ready",
                            told(event.getReason(), event.getMessage()),
                            "Correct what it names"));
        }

        private Stream<Event> events(Pod pod) {
            return ClusterEvents.about(cluster, "Pod", pod.getMetadata());
        }

        private RolloutFailure failure(
                String evidence, boolean lasting, String what, String expected, String found, String advice) {
            return new RolloutFailure(
                    evidence,
                    lasting,
                    Finding.blocking(cluster.name().value(), what, expected, shortened(found), advice + "."));
        }

        private Optional<DeploymentCondition> condition(String type) {
            return Stream.ofNullable(deployment.getStatus())
                    .flatMap(status -> status.getConditions().stream())
                    .filter(condition -> type.equals(condition.getType()))
                    .findFirst();
        }

        private static boolean isTrue(DeploymentCondition condition) {
            return "True".equals(condition.getStatus());
        }

        /** The pods of the current template: older pods will be replaced anyway. */
        private List<Pod> newest() {
            Map<String, String> selector = Objects.requireNonNullElse(
                    deployment.getSpec().getSelector().getMatchLabels(), Map.of());
            List<Pod> pods = cluster.list(Pod.class, deployment.getMetadata().getNamespace(), selector).stream()
                    .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                    .toList();
            Optional<String> hash = pods.stream()
                    .max(Comparator.comparing(pod -> instant(pod.getMetadata().getCreationTimestamp())))
                    .map(Inspection::hash);
            return pods.stream()
                    .filter(pod -> hash.orElse("").equals(hash(pod)))
                    .toList();
        }

        private static String hash(Pod pod) {
            return Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of())
                    .getOrDefault(HASH, "");
        }
    }

    /** The output of the last run, if the container wrote any; otherwise how it ended. */
    private static String lastWords(ContainerStatus container) {
        return Stream.ofNullable(container.getLastState())
                .flatMap(state -> Stream.ofNullable(state.getTerminated()))
                .map(RolloutFailure::lastWords)
                .findFirst()
                .orElseGet(() -> Stream.ofNullable(container.getState())
                        .flatMap(state -> Stream.ofNullable(state.getWaiting()))
                        .flatMap(state -> Stream.ofNullable(state.getMessage()))
                        .findFirst()
                        .orElse(""));
    }

    private static String lastWords(ContainerStateTerminated end) {
        String how = "exit code %s (%s)".formatted(end.getExitCode(), Objects.requireNonNullElse(end.getReason(), ""));
        return end.getMessage() == null || end.getMessage().isBlank()
                ? how
                : how + ": " + end.getMessage().strip();
    }

    private static boolean ready(Pod pod) {
        return conditions(pod)
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static Stream<PodCondition> conditions(Pod pod) {
        return Stream.ofNullable(pod.getStatus()).map(PodStatus::getConditions).flatMap(List::stream);
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return Stream.ofNullable(pod.getStatus())
                .flatMap(status -> Stream.concat(
                        status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream()));
    }

    private static String told(@Nullable String reason, @Nullable String message) {
        return message == null || message.isBlank() ? String.valueOf(reason) : "%s: %s".formatted(reason, message);
    }

    private static String place(ObjectMeta metadata) {
        return metadata.getNamespace() + "/" + metadata.getName();
    }

    private static boolean stands(@Nullable String since, Duration howLong) {
        return Duration.between(instant(since), CLOCK.instant()).compareTo(howLong) >= 0;
    }

    private static Instant instant(@Nullable String time) {
        return time == null ? Instant.EPOCH : Instant.parse(time);
    }

    private static String shortened(String words) {
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}

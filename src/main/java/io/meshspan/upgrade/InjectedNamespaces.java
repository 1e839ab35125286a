package io.meshspan.upgrade;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ReplacedRevision;
import io.meshspan.workload.RestartStrategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from a cluster which namespaces and workloads use one of the two revisions of an upgrade. */
final class InjectedNamespaces {

    static final String REVISION = "istio.io/rev";
    static final String INJECTION = "istio-injection";
    static final String DEFAULT = "default";
    static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";
    private static final String STATUS = "sidecar.istio.io/status";
    private static final String TAG = "istio.io/tag";
    private static final String MANAGED = "app.kubernetes.io/managed-by";

    private final Cluster cluster;
    private final ReplacedRevision old;
    private final String current;
    private final Map<String, String> tags;
    private final List<FoundObject> pods;

    private InjectedNamespaces(Cluster cluster, Mesh mesh) {
        this.cluster = cluster;
        this.old = mesh.replaced().orElseThrow();
        this.current = mesh.revision().value();
        this.tags = cluster.found("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", Map.of()).stream()
                .filter(webhooks -> webhooks.labels().containsKey(TAG))
                .collect(Collectors.toMap(
                        webhooks -> webhooks.labels().getOrDefault(TAG, ""),
                        webhooks -> webhooks.labels().getOrDefault(REVISION, ""),
                        (one, two) -> one));
        this.pods = cluster.found("v1", "Pod", Map.of()).stream()
                .filter(pod -> pod.annotations().containsKey(STATUS) && !pod.leaving())
                .toList();
    }

    /**
     * The namespaces that use one of the revisions, by name.
     *
     * @param installed objects of the mesh itself: its gateways are upgraded by another step
     */
    static List<InjectedNamespace> of(Cluster cluster, Mesh mesh, Set<ObjectRef> installed) {
        return new InjectedNamespaces(cluster, mesh).all(installed);
    }

    /** The number of pods with a proxy, by revision. */
    static Map<String, Long> pods(Cluster cluster, Mesh mesh) {
        return new InjectedNamespaces(cluster, mesh)
                .pods.stream()
                        .collect(Collectors.groupingBy(
                                InjectedNamespaces::revision, TreeMap::new, Collectors.counting()));
    }

    private List<InjectedNamespace> all(Set<ObjectRef> installed) {
        Set<String> inUse = pods.stream()
                .filter(pod -> isOurs(revision(pod)))
                .map(pod -> String.valueOf(pod.object().namespace()))
                .collect(Collectors.toSet());
        return cluster.list(Namespace.class, null, Map.of()).stream()
                .filter(namespace -> !"meshspan".equals(labels(namespace).get(MANAGED)))
                .filter(namespace -> inUse.contains(namespace.getMetadata().getName())
                        || selected(labels(namespace)).isPresent())
                .map(namespace -> read(namespace, installed))
                .filter(namespace -> namespace.revision().isPresent()
                        || namespace.loose() > 0
                        || !namespace.workloads().isEmpty())
                .sorted(Comparator.comparing(InjectedNamespace::name))
                .toList();
    }

    private InjectedNamespace read(Namespace namespace, Set<ObjectRef> installed) {
        String name = namespace.getMetadata().getName();
        List<FoundObject> here = pods.stream()
                .filter(pod -> name.equals(pod.object().namespace()) && isOurs(revision(pod)))
                .toList();
        Set<FoundObject> told = new HashSet<>();
        List<InjectedWorkload> workloads = new ArrayList<>();
        if (!here.isEmpty()) {
            workloads(name).forEach(workload -> {
                List<FoundObject> own = here.stream()
                        .filter(pod -> workload.selects(pod.labels()))
                        .toList();
                told.addAll(own);
                if (!own.isEmpty() && !installed.contains(workload.object())) {
                    workloads.add(workload.with(own));
                }
            });
        }
        long loose = here.stream()
                .filter(pod -> !told.contains(pod) && revision(pod).equals(old.label()))
                .count();
        return new InjectedNamespace(
                name, labels(namespace), selected(labels(namespace)), tag(labels(namespace)), workloads, loose);
    }

    private boolean isOurs(String revision) {
        return revision.equals(old.label()) || revision.equals(current);
    }

    /** The injector writes it as an annotation since 1.12. */
    private static String revision(FoundObject pod) {
        return pod.annotations().getOrDefault(REVISION, pod.labels().getOrDefault(REVISION, DEFAULT));
    }

    /** The revision or the tag in the labels of a namespace; istio-injection wins over istio.io/rev. */
    private static Optional<String> named(Map<String, String> labels) {
        String injection = labels.get(INJECTION);
        if (injection != null) {
            return injection.equals("enabled") ? Optional.of(DEFAULT) : Optional.empty();
        }
        return Optional.ofNullable(labels.get(REVISION));
    }

    private Optional<String> tag(Map<String, String> labels) {
        return named(labels).filter(tags::containsKey);
    }

    /** The revision, of these two, that injects a namespace with these labels. */
    private Optional<String> selected(Map<String, String> labels) {
        return named(labels).map(name -> tags.getOrDefault(name, name)).filter(this::isOurs);
    }

    private Stream<ReadWorkload> workloads(String namespace) {
        return Stream.of(
                        cluster.list(Deployment.class, namespace, Map.of()).stream()
                                .map(InjectedNamespaces::found),
                        cluster.list(StatefulSet.class, namespace, Map.of()).stream()
                                .map(InjectedNamespaces::found),
                        cluster.list(DaemonSet.class, namespace, Map.of()).stream()
                                .map(InjectedNamespaces::found))
                .flatMap(found -> found)
                .sorted(Comparator.comparing(found -> found.object().toString()));
    }

    private static ReadWorkload found(Deployment deployment) {
        var spec = deployment.getSpec();
        return found(deployment, spec.getSelector(), spec.getTemplate(), RestartStrategy.of(deployment));
    }

    private static ReadWorkload found(StatefulSet set) {
        return found(set, set.getSpec().getSelector(), set.getSpec().getTemplate(), RestartStrategy.of(set));
    }

    private static ReadWorkload found(DaemonSet set) {
        return found(set, set.getSpec().getSelector(), set.getSpec().getTemplate(), RestartStrategy.of(set));
    }

    private static ReadWorkload found(
            HasMetadata object, LabelSelector selector, PodTemplateSpec template, RestartStrategy strategy) {
        Map<String, String> labels = Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
        var metadata = template.getMetadata();
        Map<String, String> marks =
                metadata == null || metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
        Map<String, String> own = metadata == null || metadata.getLabels() == null ? Map.of() : metadata.getLabels();
        return new ReadWorkload(
                new ObjectRef(
                        "apps/v1",
                        object.getKind(),
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName()),
                labels,
                Optional.ofNullable(marks.get(RESTARTED)),
                Optional.ofNullable(own.get(REVISION)),
                strategy);
    }

    private record ReadWorkload(
            ObjectRef object,
            Map<String, String> selector,
            Optional<String> restartedAt,
            Optional<String> pinned,
            RestartStrategy strategy) {

        boolean selects(Map<String, String> labels) {
            return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
        }

        InjectedWorkload with(List<FoundObject> pods) {
            Map<String, Long> revisions = new HashMap<>();
            pods.forEach(pod -> revisions.merge(revision(pod), 1L, Long::sum));
            return new InjectedWorkload(object, revisions, restartedAt, pinned, strategy);
        }
    }

    private static Map<String, String> labels(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }
}

package io.meshspan.upgrade;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ReplacedRevision;
import io.meshspan.workload.ProxiedWorkloads;
import io.meshspan.workload.RestartableWorkload;
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

/** Reads from a cluster which namespaces and workloads use one of the two revisions of an upgrade. */
final class InjectedNamespaces {

    static final String REVISION = "istio.io/rev";
    static final String INJECTION = "istio-injection";
    static final String DEFAULT = "default";
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
        this.pods = ProxiedWorkloads.pods(cluster);
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
                        || namespace.otherPods() > 0
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
            RestartableWorkload.in(cluster, name).forEach(workload -> {
                List<FoundObject> own = here.stream()
                        .filter(pod -> workload.selects(pod.labels()))
                        .toList();
                told.addAll(own);
                if (!own.isEmpty() && !installed.contains(workload.object())) {
                    workloads.add(injected(workload, own));
                }
            });
        }
        long otherPods = here.stream()
                .filter(pod -> !told.contains(pod) && revision(pod).equals(old.label()))
                .count();
        workloads.sort(Comparator.comparing(workload -> workload.object().toString()));
        return new InjectedNamespace(
                name, labels(namespace), selected(labels(namespace)), tag(labels(namespace)), workloads, otherPods);
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

    private static InjectedWorkload injected(RestartableWorkload workload, List<FoundObject> pods) {
        Map<String, Long> revisions = new HashMap<>();
        pods.forEach(pod -> revisions.merge(revision(pod), 1L, Long::sum));
        return new InjectedWorkload(
                workload.object(),
                revisions,
                workload.restartedAt(),
                Optional.ofNullable(workload.podLabels().get(REVISION)),
                workload.strategy());
    }

    private static Map<String, String> labels(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }
}

package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Can sidecars see the traffic of the nodes' network? Cilium can resolve Services before a proxy does, or remove Istio's CNI
 * plugin. Ambient has components on each node, which a control plane without ambient does not serve.
 */
@Component
final class NodeNetworking implements Check {

    private static final Set<String> REPLACES_KUBE_PROXY = Set.of("true", "strict");

    private final RenderedObjects rendered;

    NodeNetworking(RenderedObjects rendered) {
        this.rendered = rendered;
    }

    @Override
    public String name() {
        return "Networking of the nodes";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        List<Finding> findings = new ArrayList<>();
        List<DaemonSet> agents = cluster.anywhere(DaemonSet.class);
        boolean plugin =
                agents.stream().anyMatch(agent -> agent.getMetadata().getName().startsWith("istio-cni-node"));
        if (!plugin && !cluster.hidden().contains("list daemonsets.apps") && needsPlugin(mesh, cluster)) {
            findings.add(missingPlugin(cluster));
        }
        ciliums(cluster).ifPresent(settings -> {
            socketBalancing(cluster, settings).ifPresent(findings::add);
            if (plugin) {
                exclusive(cluster, settings).ifPresent(findings::add);
            }
        });
        agents.stream()
                .filter(agent -> isNamed(agent, "ztunnel"))
                .findFirst()
                .ifPresent(agent -> findings.add(ambient(mesh, cluster, agent)));
        return findings;
    }

    /** The template of the control plane decides, also for the pods of its remotes. */
    private boolean needsPlugin(Mesh mesh, ClusterSnapshot cluster) {
        String injector = mesh.revision().name("istio-sidecar-injector");
        return mesh.members().stream()
                .filter(member -> member.cluster().equals(cluster.member().controlPlane()))
                .flatMap(primary -> rendered.of(mesh, primary, ConfigMap.class))
                .filter(configMap -> configMap.getMetadata().getName().equals(injector))
                .anyMatch(configMap -> ObjectFields.config(configMap, "values")
                        .at(List.of("pilot", "cni", "enabled"))
                        .equals(Optional.of(true)));
    }

    private static Finding missingPlugin(ClusterSnapshot cluster) {
        return Finding.blocking(
                cluster.where(),
                "values.istiod.cni.enabled",
                "Istio's CNI plugin on the nodes, which sets up the redirection of injected pods",
                "no DaemonSet istio-cni-node",
                "Install Istio's chart cni first, or leave cni.enabled out: without the plugin every injected pod fails in"
                        + " its container istio-validation.");
    }

    /** The agent's settings are in the same namespace as the agent. */
    private static Optional<Map<String, String>> ciliums(ClusterSnapshot cluster) {
        return cluster.anywhere(DaemonSet.class).stream()
                .filter(agent -> isNamed(agent, "cilium"))
                .map(agent -> agent.getMetadata().getNamespace())
                .findFirst()
                .flatMap(namespace -> cluster.cluster().find(ConfigMap.class, namespace, "cilium-config"))
                .flatMap(config -> Optional.ofNullable(config.getData()));
    }

    private static Optional<Finding> socketBalancing(ClusterSnapshot cluster, Map<String, String> settings) {
        boolean balances = REPLACES_KUBE_PROXY.contains(settings.getOrDefault("kube-proxy-replacement", ""))
                || settings.getOrDefault("bpf-lb-sock", "").equals("true");
        boolean hostOnly = settings.getOrDefault("bpf-lb-sock-hostns-only", "").equals("true");
        return balances && !hostOnly
                ? Optional.of(Finding.warning(
                        cluster.where(),
                        "ConfigMap cilium-config",
                        "bpf-lb-sock-hostns-only: true where Cilium replaces kube-proxy",
                        "socket load balancing within pods",
                        "Set socketLB.hostNamespaceOnly=true in Cilium's values: otherwise it picks an endpoint before the"
                                + " sidecar sees the Service, and calls to other clusters and mutual TLS fail."))
                : Optional.empty();
    }

    private static Optional<Finding> exclusive(ClusterSnapshot cluster, Map<String, String> settings) {
        return settings.getOrDefault("cni-exclusive", "true").equals("true")
                ? Optional.of(Finding.warning(
                        cluster.where(),
                        "ConfigMap cilium-config",
                        "cni-exclusive: false beside Istio's CNI plugin",
                        "cni-exclusive: true",
                        "Set cni.exclusive=false in Cilium's values: otherwise it removes Istio's plugin from the nodes, and"
                                + " pods start without redirection."))
                : Optional.empty();
    }

    private static Finding ambient(Mesh mesh, ClusterSnapshot cluster, DaemonSet agent) {
        List<String> namespaces = cluster.anywhere(Namespace.class).stream()
                .filter(namespace ->
                        "ambient".equals(Selectors.labels(namespace).get("istio.io/dataplane-mode")))
                .map(namespace -> namespace.getMetadata().getName())
                .sorted()
                .toList();
        boolean replaced = InstalledIstio.in(cluster).stream()
                .anyMatch(istio -> istio.revision()
                        .equals(mesh.revision().isNamed() ? mesh.revision().value() : "default"));
        String what = "DaemonSet %s/%s"
                .formatted(
                        agent.getMetadata().getNamespace(), agent.getMetadata().getName());
        String found = namespaces.isEmpty()
                ? "ambient's ztunnel"
                : "ambient's ztunnel, serving " + String.join(", ", namespaces);
        return replaced && !namespaces.isEmpty()
                ? Finding.blocking(
                        cluster.where(),
                        what,
                        "sidecars: this change installs a control plane without ambient",
                        found,
                        "Ask for a revision of its own, or move these namespaces to sidecars first: their traffic stops"
                                + " when the control plane that serves ztunnel is replaced.")
                : Finding.warning(
                        cluster.where(),
                        what,
                        "sidecars: this change installs a control plane without ambient",
                        found,
                        "Workloads in ambient are not reached from other clusters; keep their control plane as long as"
                                + " there are any.");
    }

    private static boolean isNamed(DaemonSet agent, String name) {
        return agent.getMetadata().getName().equals(name);
    }
}

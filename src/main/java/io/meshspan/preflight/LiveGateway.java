package io.meshspan.preflight;

import static io.meshspan.preflight.LiveSettings.with;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.mesh.HelmValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a running gateway as values of its chart. Unlike istiod's, this chart keeps no copy of its values in the
 * cluster, so each field is compared. What only the chart of istioctl's gateways has is no setting.
 */
final class LiveGateway {

    private static final List<String> OF_THE_SERVICE = List.of(
            "type",
            "loadBalancerClass",
            "loadBalancerIP",
            "loadBalancerSourceRanges",
            "externalTrafficPolicy",
            "internalTrafficPolicy",
            "externalIPs",
            "ipFamilyPolicy");

    private static final List<String> OF_THE_POD = List.of("volumes", "initContainers", "dnsConfig");

    private static final List<String> OF_THE_CONTAINER = List.of("volumeMounts", "readinessProbe", "lifecycle");

    /** What the API server writes where nobody says anything; the image {@code auto} has no version, so it is pulled always. */
    private static final Set<Object> USUAL = Set.of(30, "25%", "RollingUpdate", "ClusterFirst", "Always");

    private static final String CONTEXT = "securityContext";
    private static final Integer SIDECAR_USER = 1337;

    private final LiveSettings settings;

    LiveGateway(LiveSettings settings) {
        this.settings = settings;
    }

    void deployment(HasMetadata live, HasMetadata wanted) {
        if (!chart(live).equals(chart(wanted))) {
            return;
        }
        HelmValues spec = ObjectFields.spec(live);
        HelmValues now = ObjectFields.spec(wanted);
        HelmValues pod = spec.below("template").below("spec");
        HelmValues podNow = now.below("template").below("spec");
        scalar("minReadySeconds", spec, now, live);
        if (!USUAL.containsAll(spec.below("strategy").leaves().values())) {
            whole(List.of("strategy"), spec, now, List.of("strategy"), live);
        }
        scalar("terminationGracePeriodSeconds", pod, podNow, live);
        scalar("dnsPolicy", pod, podNow, live);
        OF_THE_POD.forEach(key -> whole(List.of(key), pod, podNow, List.of(key), live));
        security("securityContext", pod, podNow, live, true);
        boolean sameVersion = label(live).equals(label(wanted));
        container(pod, podNow, live, sameVersion);
        annotations(
                List.of("podAnnotations"),
                ObjectFields.podAnnotations(live),
                ObjectFields.podAnnotations(wanted),
                live);
        annotations(List.of("annotations"), ObjectFields.annotations(live), ObjectFields.annotations(wanted), live);
        labels(live, wanted);
    }

    private void container(HelmValues pod, HelmValues podNow, HasMetadata live, boolean sameVersion) {
        HelmValues container = ObjectFields.first(pod);
        HelmValues now = ObjectFields.first(podNow);
        scalar("imagePullPolicy", container, now, live);
        OF_THE_CONTAINER.forEach(key -> whole(List.of(key), container, now, List.of(key), live));
        security("containerSecurityContext", container, now, live, sameVersion);
        whole(List.of("envVarFrom"), referring(container), referring(now), List.of("env"), live);
        whole(List.of("additionalContainers"), others(pod), others(podNow), List.of("containers"), live);
    }

    /** One setting: with a field of it, the chart's own are gone. Charts up to 1.29 set the sidecar's user themselves. */
    private void security(String key, HelmValues there, HelmValues now, HasMetadata live, boolean sameVersion) {
        HelmValues value = there.below(CONTEXT);
        HelmValues wanted = now.below(CONTEXT);
        for (String user : sameVersion ? List.<String>of() : List.of("runAsUser", "runAsGroup")) {
            if (value.at(List.of(user)).filter(SIDECAR_USER::equals).isPresent() && !wanted.mentions(List.of(user))) {
                value = value.without(List.of(user));
            }
        }
        if (!value.isEmpty() && !value.equals(wanted)) {
            settings.compare(List.of(key), value.tree(), wanted.isEmpty() ? null : wanted.tree(), live, true);
        }
    }

    private static HelmValues referring(HelmValues container) {
        return HelmValues.of(
                List.of("env"),
                ObjectFields.elementsOf(container, "env").stream()
                        .filter(variable -> variable.containsKey("valueFrom"))
                        .toList());
    }

    private static HelmValues others(HelmValues pod) {
        return HelmValues.of(
                List.of("containers"),
                ObjectFields.elementsOf(pod, "containers").stream().skip(1).toList());
    }

    /** Without an autoscaler, somebody has chosen how many pods there are. */
    void fixedReplicas(HasMetadata live, HasMetadata wanted) {
        HelmValues spec = ObjectFields.spec(live);
        HelmValues now = ObjectFields.spec(wanted);
        if (now.at(List.of("replicas")).isEmpty()) {
            settings.compare(List.of("autoscaling", "enabled"), false, true, live, true);
        }
        settings.place(List.of("replicaCount"), spec, now, List.of("replicas"), live);
    }

    /** The chart's role lets a gateway read certificates in Secrets, unless somebody did not want that. */
    void withoutRole(HasMetadata live, HasMetadata wanted) {
        if (chart(live).equals("gateway") && chart(wanted).equals("gateway")) {
            settings.compare(List.of("rbac", "enabled"), false, true, live, true);
        }
    }

    void service(HasMetadata live, HasMetadata wanted) {
        HelmValues spec = ObjectFields.spec(live);
        HelmValues now = ObjectFields.spec(wanted);
        for (String key : OF_THE_SERVICE) {
            settings.place(with("service", List.of(key)), spec, now, List.of(key), live);
        }
        if (families(spec).size() > 1) {
            settings.place(List.of("service", "ipFamilies"), spec, now, List.of("ipFamilies"), live);
        }
        spec.at(List.of("allocateLoadBalancerNodePorts"))
                .filter(Boolean.FALSE::equals)
                .ifPresent(off -> settings.compare(
                        List.of("service", "allocateLoadBalancerNodePorts"),
                        off,
                        now.at(List.of("allocateLoadBalancerNodePorts")).orElse(true),
                        live,
                        false));
        annotations(
                List.of("service", "annotations"),
                ObjectFields.annotations(live),
                ObjectFields.annotations(wanted),
                live);
        ports(spec, now, live, chart(live).equals(chart(wanted)));
    }

    private static List<?> families(HelmValues spec) {
        return spec.at(List.of("ipFamilies"))
                .filter(List.class::isInstance)
                .<List<?>>map(List.class::cast)
                .orElse(List.of());
    }

    /** A network's gateway has ports by their names, any other gateway a list of them. */
    private void ports(HelmValues spec, HelmValues now, HasMetadata live, boolean sameChart) {
        Map<String, Object> named = ObjectFields.ports(now);
        if (named.containsKey("tls-istiod")) {
            ObjectFields.ports(spec).forEach((name, port) -> {
                if (named.containsKey(name)) {
                    settings.compare(List.of("networkGatewayPorts", name, "port"), port, named.get(name), live, true);
                }
            });
            return;
        }
        boolean nodePorts = spec.text("type").filter("NodePort"::equals).isPresent();
        List<Map<String, Object>> there = ports(spec, nodePorts);
        List<String> wanted =
                ports(now, false).stream().map(port -> told(port, sameChart)).toList();
        if (ports(spec, false).stream().anyMatch(port -> !wanted.contains(told(port, sameChart)))) {
            settings.compare(
                    List.of("service", "ports"), there, now.at(List.of("ports")).orElse(null), live, true);
        }
    }

    private static List<Map<String, Object>> ports(HelmValues spec, boolean nodePorts) {
        List<Map<String, Object>> ports = new ArrayList<>();
        ObjectFields.elementsOf(spec, "ports").forEach(port -> {
            Map<String, Object> kept = new TreeMap<>();
            Stream.of("name", "port", "targetPort", "protocol", "appProtocol", nodePorts ? "nodePort" : "name")
                    .forEach(
                            key -> Optional.<Object>ofNullable(port.get(key)).ifPresent(value -> kept.put(key, value)));
            kept.putIfAbsent("protocol", "TCP");
            ports.add(kept);
        });
        return ports;
    }

    private static String told(Map<String, Object> port, boolean sameChart) {
        return sameChart ? port.toString() : port.get("port") + "/" + port.get("protocol");
    }

    void autoscaler(HasMetadata live, HasMetadata wanted) {
        HelmValues spec = ObjectFields.spec(live);
        HelmValues now = ObjectFields.spec(wanted);
        utilization("cpu", "targetCPUUtilizationPercentage", spec, now, live);
        utilization("memory", "targetMemoryUtilizationPercentage", spec, now, live);
        whole(List.of("autoscaling", "autoscaleBehavior"), spec, now, List.of("behavior"), live);
    }

    private void utilization(String resource, String key, HelmValues spec, HelmValues now, HasMetadata live) {
        utilization(resource, spec)
                .ifPresent(value -> settings.compare(
                        List.of("autoscaling", key),
                        value,
                        utilization(resource, now).orElse(null),
                        live,
                        true));
    }

    private static Optional<Object> utilization(String resource, HelmValues spec) {
        return ObjectFields.elementsOf(spec, "metrics").stream()
                .map(metric -> HelmValues.tree(metric).below("resource"))
                .filter(metric -> metric.text("name").filter(resource::equals).isPresent())
                .flatMap(metric -> metric.at(List.of("target", "averageUtilization")).stream())
                .findFirst();
    }

    void disruptions(HasMetadata live, Optional<HasMetadata> wanted) {
        HelmValues now = wanted.map(ObjectFields::spec).orElse(HelmValues.NONE);
        for (String key : List.of("minAvailable", "maxUnavailable", "unhealthyPodEvictionPolicy")) {
            settings.place(List.of("podDisruptionBudget", key), ObjectFields.spec(live), now, List.of(key), live);
        }
    }

    void account(HasMetadata live, HasMetadata wanted) {
        annotations(
                List.of("serviceAccount", "annotations"),
                ObjectFields.annotations(live),
                ObjectFields.annotations(wanted),
                live);
    }

    private void annotations(List<String> path, Map<String, String> there, Map<String, String> now, HasMetadata live) {
        there.forEach((name, value) -> settings.compare(
                Stream.concat(path.stream(), Stream.of(name)).toList(),
                value,
                now.get(name),
                live,
                now.containsKey(name)));
    }

    /** Those of its pods that no tool sets. */
    private void labels(HasMetadata live, HasMetadata wanted) {
        Map<String, String> now = ObjectFields.podLabels(wanted);
        ObjectFields.podLabels(live).forEach((name, value) -> {
            boolean byTool = name.contains("istio") || name.startsWith("helm.sh/") || name.contains("kubernetes.io/");
            if (!byTool && !now.containsKey(name)) {
                settings.compare(List.of("labels", name), value, null, live, false);
            }
        });
    }

    private void scalar(String key, HelmValues there, HelmValues now, HasMetadata live) {
        if (there.at(List.of(key)).filter(value -> !USUAL.contains(value)).isPresent()) {
            settings.place(List.of(key), there, now, List.of(key), live);
        }
    }

    /** A list or a map that is one setting, to which the API server adds its defaults. */
    private void whole(List<String> path, HelmValues there, HelmValues now, List<String> at, HasMetadata live) {
        Object value = there.at(at).orElse(List.of());
        Object wanted = now.at(at).orElse(null);
        if (!value.equals(List.of()) && !value.equals(Map.of()) && !hasAll(value, wanted)) {
            settings.compare(path, value, wanted, live, wanted != null);
        }
    }

    private static boolean hasAll(@Nullable Object live, @Nullable Object wanted) {
        if (live instanceof Map<?, ?> there && wanted instanceof Map<?, ?> now) {
            return now.entrySet().stream().allMatch(field -> hasAll(there.get(field.getKey()), field.getValue()));
        }
        if (live instanceof List<?> there && wanted instanceof List<?> now) {
            return there.size() == now.size()
                    && Stream.iterate(0, i -> i + 1).limit(now.size()).allMatch(i -> hasAll(there.get(i), now.get(i)));
        }
        return String.valueOf(live).equals(String.valueOf(wanted));
    }

    /** The chart without its version; istioctl's objects name none. */
    private static String chart(HasMetadata object) {
        return label(object).replaceFirst("-\\d.*", "");
    }

    private static String label(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault("helm.sh/chart", "");
    }
}

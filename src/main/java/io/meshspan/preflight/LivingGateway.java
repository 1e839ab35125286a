package io.meshspan.preflight;

import static io.meshspan.preflight.LivingSettings.with;

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
final class LivingGateway {

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

    private final LivingSettings settings;

    LivingGateway(LivingSettings settings) {
        this.settings = settings;
    }

    void deployment(HasMetadata living, HasMetadata wanted) {
        if (!chart(living).equals(chart(wanted))) {
            return;
        }
        HelmValues spec = ObjectFields.spec(living);
        HelmValues now = ObjectFields.spec(wanted);
        HelmValues pod = spec.below("template").below("spec");
        HelmValues podNow = now.below("template").below("spec");
        scalar("minReadySeconds", spec, now, living);
        if (!USUAL.containsAll(spec.below("strategy").leaves().values())) {
            whole(List.of("strategy"), spec, now, List.of("strategy"), living);
        }
        scalar("terminationGracePeriodSeconds", pod, podNow, living);
        scalar("dnsPolicy", pod, podNow, living);
        OF_THE_POD.forEach(key -> whole(List.of(key), pod, podNow, List.of(key), living));
        security("securityContext", pod, podNow, living, true);
        boolean sameVersion = label(living).equals(label(wanted));
        container(pod, podNow, living, sameVersion);
        annotations(
                List.of("podAnnotations"),
                ObjectFields.podAnnotations(living),
                ObjectFields.podAnnotations(wanted),
                living);
        annotations(List.of("annotations"), ObjectFields.annotations(living), ObjectFields.annotations(wanted), living);
        labels(living, wanted);
    }

    private void container(HelmValues pod, HelmValues podNow, HasMetadata living, boolean sameVersion) {
        HelmValues container = ObjectFields.first(pod);
        HelmValues now = ObjectFields.first(podNow);
        scalar("imagePullPolicy", container, now, living);
        OF_THE_CONTAINER.forEach(key -> whole(List.of(key), container, now, List.of(key), living));
        security("containerSecurityContext", container, now, living, sameVersion);
        whole(List.of("envVarFrom"), referring(container), referring(now), List.of("env"), living);
        whole(List.of("additionalContainers"), others(pod), others(podNow), List.of("containers"), living);
    }

    /** One setting: with a field of it, the chart's own are gone. Charts up to 1.29 set the sidecar's user themselves. */
    private void security(String key, HelmValues there, HelmValues now, HasMetadata living, boolean sameVersion) {
        HelmValues value = there.below(CONTEXT);
        HelmValues wanted = now.below(CONTEXT);
        for (String user : sameVersion ? List.<String>of() : List.of("runAsUser", "runAsGroup")) {
            if (value.at(List.of(user)).filter(SIDECAR_USER::equals).isPresent() && !wanted.mentions(List.of(user))) {
                value = value.without(List.of(user));
            }
        }
        if (!value.isEmpty() && !value.equals(wanted)) {
            settings.compare(List.of(key), value.tree(), wanted.isEmpty() ? null : wanted.tree(), living, true);
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
    void fixedReplicas(HasMetadata living, HasMetadata wanted) {
        HelmValues spec = ObjectFields.spec(living);
        HelmValues now = ObjectFields.spec(wanted);
        if (now.at(List.of("replicas")).isEmpty()) {
            settings.compare(List.of("autoscaling", "enabled"), false, true, living, true);
        }
        settings.place(List.of("replicaCount"), spec, now, List.of("replicas"), living);
    }

    /** The chart's role lets a gateway read certificates in Secrets, unless somebody did not want that. */
    void withoutRole(HasMetadata living, HasMetadata wanted) {
        if (chart(living).equals("gateway") && chart(wanted).equals("gateway")) {
            settings.compare(List.of("rbac", "enabled"), false, true, living, true);
        }
    }

    void service(HasMetadata living, HasMetadata wanted) {
        HelmValues spec = ObjectFields.spec(living);
        HelmValues now = ObjectFields.spec(wanted);
        for (String key : OF_THE_SERVICE) {
            settings.place(with("service", List.of(key)), spec, now, List.of(key), living);
        }
        if (families(spec).size() > 1) {
            settings.place(List.of("service", "ipFamilies"), spec, now, List.of("ipFamilies"), living);
        }
        spec.at(List.of("allocateLoadBalancerNodePorts"))
                .filter(Boolean.FALSE::equals)
                .ifPresent(off -> settings.compare(
                        List.of("service", "allocateLoadBalancerNodePorts"),
                        off,
                        now.at(List.of("allocateLoadBalancerNodePorts")).orElse(true),
                        living,
                        false));
        annotations(
                List.of("service", "annotations"),
                ObjectFields.annotations(living),
                ObjectFields.annotations(wanted),
                living);
        ports(spec, now, living, chart(living).equals(chart(wanted)));
    }

    private static List<?> families(HelmValues spec) {
        return spec.at(List.of("ipFamilies"))
                .filter(List.class::isInstance)
                .<List<?>>map(List.class::cast)
                .orElse(List.of());
    }

    /** A network's gateway has ports by their names, any other gateway a list of them. */
    private void ports(HelmValues spec, HelmValues now, HasMetadata living, boolean sameChart) {
        Map<String, Object> named = ObjectFields.ports(now);
        if (named.containsKey("tls-istiod")) {
            ObjectFields.ports(spec).forEach((name, port) -> {
                if (named.containsKey(name)) {
                    settings.compare(List.of("networkGatewayPorts", name, "port"), port, named.get(name), living, true);
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
                    List.of("service", "ports"), there, now.at(List.of("ports")).orElse(null), living, true);
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

    void autoscaler(HasMetadata living, HasMetadata wanted) {
        HelmValues spec = ObjectFields.spec(living);
        HelmValues now = ObjectFields.spec(wanted);
        utilization("cpu", "targetCPUUtilizationPercentage", spec, now, living);
        utilization("memory", "targetMemoryUtilizationPercentage", spec, now, living);
        whole(List.of("autoscaling", "autoscaleBehavior"), spec, now, List.of("behavior"), living);
    }

    private void utilization(String resource, String key, HelmValues spec, HelmValues now, HasMetadata living) {
        utilization(resource, spec)
                .ifPresent(value -> settings.compare(
                        List.of("autoscaling", key),
                        value,
                        utilization(resource, now).orElse(null),
                        living,
                        true));
    }

    private static Optional<Object> utilization(String resource, HelmValues spec) {
        return ObjectFields.elementsOf(spec, "metrics").stream()
                .map(metric -> HelmValues.tree(metric).below("resource"))
                .filter(metric -> metric.text("name").filter(resource::equals).isPresent())
                .flatMap(metric -> metric.at(List.of("target", "averageUtilization")).stream())
                .findFirst();
    }

    void disruptions(HasMetadata living, Optional<HasMetadata> wanted) {
        HelmValues now = wanted.map(ObjectFields::spec).orElse(HelmValues.NONE);
        for (String key : List.of("minAvailable", "maxUnavailable", "unhealthyPodEvictionPolicy")) {
            settings.place(List.of("podDisruptionBudget", key), ObjectFields.spec(living), now, List.of(key), living);
        }
    }

    void account(HasMetadata living, HasMetadata wanted) {
        annotations(
                List.of("serviceAccount", "annotations"),
                ObjectFields.annotations(living),
                ObjectFields.annotations(wanted),
                living);
    }

    private void annotations(
            List<String> path, Map<String, String> there, Map<String, String> now, HasMetadata living) {
        there.forEach((name, value) -> settings.compare(
                Stream.concat(path.stream(), Stream.of(name)).toList(),
                value,
                now.get(name),
                living,
                now.containsKey(name)));
    }

    /** Those of its pods that no tool sets. */
    private void labels(HasMetadata living, HasMetadata wanted) {
        Map<String, String> now = ObjectFields.podLabels(wanted);
        ObjectFields.podLabels(living).forEach((name, value) -> {
            boolean byTool = name.contains("istio") || name.startsWith("helm.sh/") || name.contains("kubernetes.io/");
            if (!byTool && !now.containsKey(name)) {
                settings.compare(List.of("labels", name), value, null, living, false);
            }
        });
    }

    private void scalar(String key, HelmValues there, HelmValues now, HasMetadata living) {
        if (there.at(List.of(key)).filter(value -> !USUAL.contains(value)).isPresent()) {
            settings.place(List.of(key), there, now, List.of(key), living);
        }
    }

    /** A list or a map that is one setting, to which the API server adds its defaults. */
    private void whole(List<String> path, HelmValues there, HelmValues now, List<String> at, HasMetadata living) {
        Object value = there.at(at).orElse(List.of());
        Object wanted = now.at(at).orElse(null);
        if (!value.equals(List.of()) && !value.equals(Map.of()) && !hasAll(value, wanted)) {
            settings.compare(path, value, wanted, living, wanted != null);
        }
    }

    private static boolean hasAll(@Nullable Object living, @Nullable Object wanted) {
        if (living instanceof Map<?, ?> there && wanted instanceof Map<?, ?> now) {
            return now.entrySet().stream().allMatch(field -> hasAll(there.get(field.getKey()), field.getValue()));
        }
        if (living instanceof List<?> there && wanted instanceof List<?> now) {
            return there.size() == now.size()
                    && Stream.iterate(0, i -> i + 1).limit(now.size()).allMatch(i -> hasAll(there.get(i), now.get(i)));
        }
        return String.valueOf(living).equals(String.valueOf(wanted));
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

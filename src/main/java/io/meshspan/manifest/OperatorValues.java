package io.meshspan.manifest;

import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.PlainScalar;
import io.meshspan.mesh.ValuesPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Translates values of Istio's charts into an IstioOperator, so that istioctl gives the same result. Values of istiod go
 * below {@code values.pilot}, values of a gateway go into its component. istioctl itself refuses a field that it does not
 * know.
 */
public final class OperatorValues {

    private static final String GLOBAL = "global";
    private static final String PILOT = "pilot";
    private static final String VALUES = "values";
    private static final String SERVICE = "service";
    private static final String AUTOSCALING = "autoscaling";
    private static final String PULL_SECRETS = "imagePullSecrets";

    /** The fields of an operator's {@code values} other than {@code pilot}. */
    private static final Set<String> BESIDE_PILOT = Set.of(
            GLOBAL,
            "meshConfig",
            "sidecarInjectorWebhook",
            "istiodRemote",
            "telemetry",
            "ownerName",
            "experimental",
            "gateways",
            "gatewayClasses",
            "compatibilityVersion",
            "revisionTags",
            "defaultRevision",
            "base");

    private static final Set<String> OF_THE_SERVICE = Set.of(
            "type",
            "clusterIP",
            "loadBalancerClass",
            "loadBalancerIP",
            "loadBalancerSourceRanges",
            "externalTrafficPolicy",
            "internalTrafficPolicy",
            "externalIPs",
            "ipFamilies",
            "ipFamilyPolicy",
            "allocateLoadBalancerNodePorts");

    private static final Set<String> OF_THE_COMPONENT = Set.of(
            "affinity",
            "imagePullPolicy",
            "nodeSelector",
            "podAnnotations",
            "podDisruptionBudget",
            "priorityClassName",
            "readinessProbe",
            "replicaCount",
            "resources",
            "securityContext",
            "strategy",
            "tolerations"); // volumes are fields there, too, but istioctl drops them

    private static final Map<String, List<String>> OF_THE_AUTOSCALER = Map.of(
            "enabled", List.of("autoscaleEnabled"),
            "minReplicas", List.of("autoscaleMin"),
            "maxReplicas", List.of("autoscaleMax"),
            "targetCPUUtilizationPercentage", List.of("cpu", "targetAverageUtilization"));

    /**
     * Keys of istiod that are no field of an operator (values_types.proto of 1.28 to 1.31) or not of this type there, one
     * that istioctl sets if it installs the CNI plugin, and one that it also gives to the base chart.
     */
    private static final Set<List<String>> NO_FIELD = Set.of(
            List.of("cni"),
            List.of("deploymentAnnotations"),
            List.of("experimental"),
            List.of("extraContainerArgs"),
            List.of("initContainers"),
            List.of("pdb"),
            List.of("sidecarInjectorWebhookAnnotations"),
            List.of("trustedZtunnelName"),
            List.of(GLOBAL, "proxy_init", "forceApplyIptables"),
            List.of(GLOBAL, "waypoint", "tolerations"));

    /** What the chart of gateways has by default; where a null would delete it, istioctl has its own chart's. */
    private static final List<List<String>> DEFAULTS = List.of(
            List.of("autoscaling"),
            List.of("kind"),
            List.of("podAnnotations"),
            List.of("rbac"),
            List.of("resources"),
            List.of(SERVICE, "ports"),
            List.of(SERVICE, "type"),
            List.of("serviceAccount"),
            List.of("terminationGracePeriodSeconds"));

    private OperatorValues() {}

    /**
     * The values of a control plane, as an operator's {@code values}.
     *
     * @param owned the values that the mesh determines; they win
     */
    public static Map<String, Object> controlPlane(HelmValues base, HelmValues istiod, Map<String, Object> owned) {
        HelmValues flat = istiod.below(PILOT)
                .over(istiod.without(List.of(PILOT)))
                .without(List.of(GLOBAL, "hub"))
                .without(List.of(GLOBAL, "tag"));
        HelmValues values = HelmValues.NONE;
        for (Map.Entry<String, @Nullable Object> field : flat.tree().entrySet()) {
            values = HelmValues.of(place(field.getKey()), quantities(field.getKey(), field.getValue()))
                    .over(values);
        }
        return new LinkedHashMap<>(new HelmValues(owned)
                .over(values)
                .over(
                        base.below("base").isEmpty()
                                ? HelmValues.NONE
                                : HelmValues.of(
                                        List.of("base"), base.below("base").tree()))
                .tree());
    }

    private static List<String> place(String key) {
        if (key.equals("platform")) {
            return List.of(GLOBAL, key);
        }
        return BESIDE_PILOT.contains(key) ? List.of(key) : List.of(PILOT, key);
    }

    /** The values of a gateway, merged over those that its component and its operator already have. */
    public static void gateway(HelmValues given, Map<String, Object> component, Map<String, Object> spec) {
        HelmValues k8s = HelmValues.tree(component.get("k8s"));
        HelmValues values = HelmValues.tree(spec.get(VALUES));
        HelmValues said = given.withoutNulls(); // a null takes away what a weaker layer gave, and that is done
        for (Map.Entry<String, @Nullable Object> field : said.tree().entrySet()) {
            String key = field.getKey();
            if (OF_THE_COMPONENT.contains(key)) {
                k8s = HelmValues.of(List.of(key), quantities(key, field.getValue()))
                        .over(k8s);
            }
        }
        for (Map.Entry<String, @Nullable Object> field :
                said.below(SERVICE).tree().entrySet()) {
            if (OF_THE_SERVICE.contains(field.getKey())) {
                k8s = HelmValues.of(List.of(SERVICE, field.getKey()), field.getValue())
                        .over(k8s);
            }
        }
        HelmValues annotations = said.below(SERVICE).below("annotations");
        if (!annotations.isEmpty()) {
            k8s = HelmValues.of(List.of("serviceAnnotations"), annotations.tree())
                    .over(k8s);
        }
        for (Map.Entry<String, List<String>> field : OF_THE_AUTOSCALER.entrySet()) {
            Optional<Object> value = given.at(List.of(AUTOSCALING, field.getKey()));
            if (value.isPresent()) {
                values = HelmValues.of(chart(field.getValue()), value.get()).over(values);
            }
        }
        List<String> secrets = names(given.at(List.of(PULL_SECRETS)).orElse(List.of()));
        if (!secrets.isEmpty()) {
            values = HelmValues.of(List.of(GLOBAL, PULL_SECRETS), secrets).over(values);
        }
        k8s = environment(said.below("env"), k8s);
        HelmValues labels = HelmValues.tree(component.get("label"))
                .over(new HelmValues(said.below("labels").tree()));
        if (!labels.isEmpty()) {
            component.put("label", labels.tree());
        }
        if (!k8s.isEmpty()) {
            component.put("k8s", k8s.tree());
        }
        spec.put(VALUES, values.tree());
    }

    /** The key under which the chart of istioctl's gateways has its settings, for any name of the gateway. */
    private static List<String> chart(List<String> path) {
        return Stream.concat(Stream.of("gateways", "istio-ingressgateway"), path.stream())
                .toList();
    }

    private static HelmValues environment(HelmValues given, HelmValues k8s) {
        List<Object> variables = new ArrayList<>();
        k8s.at(List.of("env"))
                .filter(List.class::isInstance)
                .map(List.class::cast)
                .ifPresent(list -> {
                    for (Object variable : (List<?>) list) {
                        variables.add(variable);
                    }
                });
        given.tree().forEach((name, value) -> {
            if (value != null) {
                variables.add(Map.of("name", name, "value", PlainScalar.text(value)));
            }
        });
        return variables.isEmpty()
                ? k8s
                : HelmValues.of(List.of("env"), variables).over(k8s);
    }

    private static List<String> names(Object references) {
        return references instanceof List<?> list
                ? list.stream()
                        .map(item -> item instanceof Map<?, ?> map ? map.get("name") : item)
                        .map(String::valueOf)
                        .toList()
                : List.of();
    }

    /** istioctl accepts quantities only as texts. */
    private static @Nullable Object quantities(String key, @Nullable Object value) {
        if (!key.equals("resources") || !(value instanceof Map<?, ?>)) {
            return value;
        }
        HelmValues texts = HelmValues.tree(value);
        for (Map.Entry<List<String>, Object> leaf : texts.leaves().entrySet()) {
            if (leaf.getValue() instanceof Number) {
                texts = HelmValues.of(leaf.getKey(), leaf.getValue().toString()).over(texts);
            }
        }
        return texts.tree();
    }

    /** The keys of a part that an IstioOperator has no field for, and nulls that would delete what the chart has. */
    static List<List<String>> inexpressible(ValuesPart part, HelmValues given) {
        return Stream.concat(noField(part, given), nulls(part, given))
                .distinct()
                .toList();
    }

    private static Stream<List<String>> nulls(ValuesPart part, HelmValues given) {
        return switch (part) {
            case BASE -> given.nulls().filter(path -> !path.get(0).equals("base"));
            case EAST_WEST_GATEWAY, INGRESS_GATEWAY ->
                given.nulls().filter(path -> DEFAULTS.stream().anyMatch(usual -> touches(path, usual)));
            case ISTIOD -> given.nulls().filter(OperatorValues::hasNoField);
            case NAMESPACES, SAMPLE -> Stream.of();
        };
    }

    /** Whether one is at, above or below the other. */
    private static boolean touches(List<String> path, List<String> other) {
        int common = Math.min(path.size(), other.size());
        return path.subList(0, common).equals(other.subList(0, common));
    }

    private static Stream<List<String>> noField(ValuesPart part, HelmValues given) {
        return given.leaves().keySet().stream().filter(path -> switch (part) {
            case BASE -> !path.get(0).equals("base") || path.contains("validationFailurePolicy");
            case EAST_WEST_GATEWAY, INGRESS_GATEWAY -> !isOfGateway(part, path);
            case ISTIOD -> hasNoField(path);
            case NAMESPACES, SAMPLE -> false;
        });
    }

    private static boolean hasNoField(List<String> path) {
        List<String> plain = plain(path);
        return NO_FIELD.stream()
                .anyMatch(key -> plain.size() >= key.size()
                        && plain.subList(0, key.size()).equals(key));
    }

    private static List<String> plain(List<String> path) {
        return path.get(0).equals(PILOT) && path.size() > 1 ? path.subList(1, path.size()) : path;
    }

    private static boolean isOfGateway(ValuesPart part, List<String> path) {
        String key = path.get(0);
        String second = path.size() > 1 ? path.get(1) : "";
        return OF_THE_COMPONENT.contains(key)
                || key.equals("env")
                || key.equals("labels")
                || key.equals(PULL_SECRETS)
                || (key.equals(SERVICE) && (OF_THE_SERVICE.contains(second) || second.equals("annotations")))
                || (key.equals(AUTOSCALING) && OF_THE_AUTOSCALER.containsKey(second))
                || (key.equals("networkGatewayPorts")
                        && part == ValuesPart.EAST_WEST_GATEWAY
                        && path.get(path.size() - 1).equals("port"));
    }
}

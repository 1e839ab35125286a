package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ValuesPart;
import io.meshspan.mesh.ValuesRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a running Istio that the desired objects lack, as values of Istio's charts. With these values, the new
 * objects would have the same settings.
 */
final class LiveSettings {

    /** Chart settings of a gateway's or istiod's pods, by their path in the pod's specification. */
    private static final List<String> OF_THE_POD =
            List.of("nodeSelector", "tolerations", "affinity", "topologySpreadConstraints");

    /** Defaults of Kubernetes. */
    private static final Set<String> DEFAULTS = Set.of("Cluster", "SingleStack");

    /** The release, and values that the chart computes. */
    private static final Set<List<String>> NOT_SETTINGS = Set.of(
            List.of("global", "tag"), List.of("tag"), List.of("meshConfig", "defaultConfig", "discoveryAddress"));

    private static final Set<String> OTHER_CHARTS = Set.of(
            "base",
            "gateways",
            "meshConfig",
            "defaultRevision",
            "ztunnel",
            "istio_cni",
            "_original",
            "compatibilityVersion");

    private final ValuesPart part;
    private final HelmValues given;
    private final List<Lost> lost = new ArrayList<>();

    /**
     * @param path below the part
     * @param value null where somebody took away what the chart has
     * @param object that has the setting
     * @param now the new value; null if there is none
     * @param written whether the new object sets this field, and so overwrites the old value
     */
    record Lost(
            ValuesPart part,
            List<String> path,
            @Nullable Object value,
            HasMetadata object,
            @Nullable Object now,
            boolean written) {

        boolean isCredential() {
            return ValuesRules.hasCredential(path, value);
        }

        HelmValues values() {
            return HelmValues.of(ValuesRules.at(part, path), value);
        }

        String source() {
            return ObjectRef.of(object).toString();
        }
    }

    /** @param given the requested values: a setting in them is intended, and not reported */
    LiveSettings(ValuesPart part, HelmValues given) {
        this.part = part;
        this.given = given;
    }

    List<Lost> lost() {
        return List.copyOf(lost);
    }

    /** ConfigMap {@code values}: the custom values if the chart kept them; otherwise all merged values. */
    LiveSettings values(HasMetadata live, HasMetadata wanted) {
        HelmValues now = flat(ObjectFields.config(wanted, "merged-values"));
        HelmValues original = ObjectFields.config(live, "original-values");
        HelmValues there = flat(original.isEmpty() ? ObjectFields.config(live, "merged-values") : original);
        there.nulls()
                .filter(path -> !isOfAnotherChart(path))
                .forEach(path -> now.at(path)
                        .filter(value -> !value.equals(Map.of()) && !value.equals(List.of()) && !value.equals(""))
                        .ifPresent(value -> compare(path, null, value, live, true)));
        there.leaves().forEach((path, value) -> {
            if (!isOfAnotherChart(path)) {
                compare(path, value, now.at(path).orElse(null), live, true);
            }
        });
        return this;
    }

    /** The chart of istiod has settings for all gateways, istioctl's for those that it installs. */
    private static boolean isOfAnotherChart(List<String> path) {
        boolean ofAllGateways = path.get(0).equals("gateways") && !path.get(1).startsWith("istio-");
        return OTHER_CHARTS.contains(path.get(0)) && !ofAllGateways;
    }

    /** ConfigMap {@code istio}: its current content, whichever tool wrote it last. */
    LiveSettings meshConfig(HasMetadata live, HasMetadata wanted) {
        HelmValues now = ObjectFields.config(wanted, "mesh");
        ObjectFields.config(live, "mesh")
                .leaves()
                .forEach((path, value) ->
                        compare(with("meshConfig", path), value, now.at(path).orElse(null), live, true));
        ObjectFields.config(live, "mesh")
                .emptyMaps()
                .filter(path -> !now.mentions(path))
                .forEach(path -> compare(with("meshConfig", path), Map.of(), null, live, true));
        HelmValues networks = ObjectFields.config(live, "meshNetworks").below("networks");
        HelmValues networksNow = ObjectFields.config(wanted, "meshNetworks").below("networks");
        networks.leaves()
                .forEach((path, value) -> compare(
                        Stream.concat(Stream.of("global", "meshNetworks"), path.stream())
                                .toList(),
                        value,
                        networksNow.at(path).orElse(null),
                        live,
                        true));
        return this;
    }

    /** A Deployment of istiod or a gateway. */
    LiveSettings deployment(HasMetadata live, HasMetadata wanted) {
        HelmValues spec = ObjectFields.spec(live);
        HelmValues now = ObjectFields.spec(wanted);
        HelmValues pod = spec.below("template").below("spec");
        HelmValues podNow = now.below("template").below("spec");
        for (String key : OF_THE_POD) {
            place(List.of(key), pod, podNow, List.of(key), live);
        }
        boolean istiod = part == ValuesPart.ISTIOD;
        place(
                istiod ? List.of("global", "priorityClassName") : List.of("priorityClassName"),
                pod,
                podNow,
                List.of("priorityClassName"),
                live);
        if (!istiod) {
            place(List.of("imagePullSecrets"), pod, podNow, List.of("imagePullSecrets"), live);
        } else {
            pullSecrets(pod, podNow, live);
        }
        container(ObjectFields.first(pod), ObjectFields.first(podNow), live, istiod);
        return this;
    }

    private void pullSecrets(HelmValues pod, HelmValues podNow, HasMetadata live) {
        List<String> names = ObjectFields.elements(
                        pod.at(List.of("imagePullSecrets")).orElse(null))
                .stream()
                .map(secret -> String.valueOf(secret.get("name")))
                .toList();
        if (!names.isEmpty()) {
            compare(
                    List.of("global", "imagePullSecrets"),
                    names,
                    podNow.at(List.of("imagePullSecrets")).orElse(null),
                    live,
                    podNow.mentions(List.of("imagePullSecrets")));
        }
    }

    private void container(HelmValues container, HelmValues now, HasMetadata live, boolean istiod) {
        container
                .below("resources")
                .leaves()
                .keySet()
                .forEach(path -> place(with("resources", path), container, now, with("resources", path), live));
        for (List<String> limits : List.of(List.of("resources", "limits"), List.of("resources", "requests"))) {
            if (!container.mentions(limits)) {
                now.at(limits).ifPresent(value -> compare(limits, null, value, live, true));
            }
        }
        Map<String, Object> env = ObjectFields.environment(now);
        ObjectFields.environment(container)
                .forEach((name, value) ->
                        compare(List.of("env", name), value, env.get(name), live, env.containsKey(name)));
        if (istiod) {
            ObjectFields.hub(container)
                    .ifPresent(hub -> compare(
                            List.of("global", "hub"), hub, ObjectFields.hub(now).orElse(null), live, true));
        }
    }

    /** A HorizontalPodAutoscaler. */
    LiveSettings autoscaler(HasMetadata live, HasMetadata wanted) {
        boolean istiod = part == ValuesPart.ISTIOD;
        for (String key : List.of("minReplicas", "maxReplicas")) {
            List<String> path = istiod
                    ? List.of(key.equals("minReplicas") ? "autoscaleMin" : "autoscaleMax")
                    : List.of("autoscaling", key);
            place(path, ObjectFields.spec(live), ObjectFields.spec(wanted), List.of(key), live);
        }
        return this;
    }

    void place(List<String> path, HelmValues live, HelmValues now, List<String> at, HasMetadata object) {
        live.at(at).filter(value -> !DEFAULTS.contains(String.valueOf(value))).ifPresent(value -> {
            if (value instanceof Map<?, ?>) {
                HelmValues map = HelmValues.tree(value);
                Stream.concat(map.leaves().keySet().stream(), map.emptyTexts()).forEach(below -> {
                    List<String> whole =
                            Stream.concat(at.stream(), below.stream()).toList();
                    compare(
                            Stream.concat(path.stream(), below.stream()).toList(),
                            map.at(below).orElse(""),
                            now.at(whole).orElse(null),
                            object,
                            now.mentions(whole));
                });
            } else if (!value.equals(List.of())) {
                compare(path, value, now.at(at).orElse(null), object, now.mentions(at));
            }
        });
    }

    void compare(List<String> path, @Nullable Object value, @Nullable Object now, HasMetadata object, boolean written) {
        boolean same = now != null && String.valueOf(now).equals(String.valueOf(value));
        boolean off = now == null && (value == null || value.equals(false));
        boolean known = lost.stream().anyMatch(other -> other.path().equals(path));
        if (!same
                && !off
                && !known
                && !NOT_SETTINGS.contains(path)
                && !ValuesRules.isOwned(part, path)
                && !given.mentions(path)
                && !given.mentions(with("pilot", path))) {
            lost.add(new Lost(part, path, value, object, now, written));
        }
    }

    /** Moves the values below {@code pilot} to their place in current charts. */
    private static HelmValues flat(HelmValues values) {
        return values.below("pilot").over(values.without(List.of("pilot")));
    }

    static List<String> with(String key, List<String> path) {
        return Stream.concat(Stream.of(key), path.stream()).toList();
    }
}

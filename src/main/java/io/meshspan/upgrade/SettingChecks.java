package io.meshspan.upgrade;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.finding.FewNames;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.ChangedSetting;
import io.meshspan.mesh.ChangedSetting.Change;
import io.meshspan.mesh.ChangedSetting.Place;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ReplacedRevision;
import io.meshspan.mesh.ValuesPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Settings in use that the newer version removes or calls deprecated, and defaults that change between the two versions.
 * Nothing here blocks: a mesh that works may wait with its settings, but its people should know.
 */
@Component
class SettingChecks {

    private static final int MOST_NAMED = 5;

    private final ValuesLayers layers;

    SettingChecks(ValuesLayers layers) {
        this.layers = layers;
    }

    /** Of the values that people wrote: each source once. */
    List<Finding> ofValues(Mesh mesh) {
        List<Finding> findings = new ArrayList<>();
        known(mesh.version())
                .filter(setting -> setting.change() != Change.DEFAULT)
                .forEach(setting -> sources(mesh).forEach((where, values) -> {
                    if (isSet(setting, values)) {
                        findings.add(used(where, "istiod." + told(setting), setting));
                    }
                }));
        crossed(mesh)
                .filter(setting -> mesh.primaries().stream()
                        .anyMatch(member -> !isSet(setting, layers.given(ValuesPart.ISTIOD, mesh, member))))
                .map(setting -> changed(mesh, setting))
                .forEach(findings::add);
        return findings;
    }

    private static String told(ChangedSetting setting) {
        return setting.place() == Place.ENVIRONMENT ? "env." + setting.setting() : setting.setting();
    }

    /** Where a value stands, and the values there. */
    private Map<String, HelmValues> sources(Mesh mesh) {
        Map<String, HelmValues> sources = new LinkedHashMap<>();
        sources.put("values of the company", layers.company().part(ValuesPart.ISTIOD));
        sources.put("values of mesh " + mesh.id(), mesh.values().part(ValuesPart.ISTIOD));
        for (Member member : mesh.staying()) {
            sources.put("values of " + member.cluster(), member.values().part(ValuesPart.ISTIOD));
        }
        return sources;
    }

    private static boolean isSet(ChangedSetting setting, HelmValues values) {
        return setting.paths().stream().anyMatch(values::mentions);
    }

    /** What stands only in the cluster: variables of the running istiod, and annotations of pods. */
    List<Finding> inCluster(Mesh mesh, Cluster cluster) {
        Member member = mesh.member(cluster.name());
        HelmValues given = layers.given(ValuesPart.ISTIOD, mesh, member);
        Set<String> variables = variables(mesh, cluster);
        List<Finding> findings = new ArrayList<>();
        known(mesh.version())
                .filter(setting -> setting.change() != Change.DEFAULT && setting.place() == Place.ENVIRONMENT)
                .filter(setting -> variables.contains(setting.setting()) && !isSet(setting, given))
                .map(setting -> used(
                        cluster.name().value(),
                        "variable %s of the running istiod".formatted(setting.setting()),
                        setting))
                .forEach(findings::add);
        known(mesh.version())
                .filter(setting -> setting.place() == Place.POD_ANNOTATION)
                .forEach(setting -> annotated(cluster, setting).forEach(findings::add));
        return findings;
    }

    private static Set<String> variables(Mesh mesh, Cluster cluster) {
        ReplacedRevision old = mesh.replaced().orElseThrow();
        return cluster
                .find(Deployment.class, IstioNamespace.NAME, old.revision().name("istiod"))
                .stream()
                .flatMap(istiod -> istiod.getSpec().getTemplate().getSpec().getContainers().stream())
                .map(Container::getEnv)
                .flatMap(List::stream)
                .map(EnvVar::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Finding> annotated(Cluster cluster, ChangedSetting setting) {
        List<String> pods = cluster.found("v1", "Pod", Map.of()).stream()
                .filter(pod -> pod.annotations().containsKey(setting.setting()))
                .map(pod ->
                        "%s/%s".formatted(pod.object().namespace(), pod.object().name()))
                .sorted()
                .toList();
        return pods.isEmpty()
                ? Stream.of()
                : Stream.of(used(
                        cluster.name().value(),
                        "annotation %s of pods %s".formatted(setting.setting(), FewNames.of(pods, MOST_NAMED)),
                        setting));
    }

    private static Stream<ChangedSetting> known(IstioVersion version) {
        return Stream.of(ChangedSetting.values()).filter(setting -> setting.isKnownTo(version));
    }

    /** The defaults that change between the two versions. */
    private static Stream<ChangedSetting> crossed(Mesh mesh) {
        IstioVersion from = mesh.replaced().orElseThrow().version();
        return known(mesh.version()).filter(setting -> setting.change() == Change.DEFAULT && !setting.isKnownTo(from));
    }

    private static Finding used(String where, String what, ChangedSetting setting) {
        return Finding.warning(
                where,
                what,
                setting.instead(),
                "a setting that Istio has %s since %s or earlier"
                        .formatted(setting.change().inWords(), setting.since()),
                "%s %s".formatted(setting.change().effect(), setting.advice()));
    }

    private static Finding changed(Mesh mesh, ChangedSetting setting) {
        return Finding.note(
                "mesh " + mesh.id(),
                "default of istiod's variable " + setting.setting(),
                "a decision on it in values istiod.env, or the new default",
                "a new default since %s: %s".formatted(setting.since(), setting.instead()),
                setting.advice());
    }
}

package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Revision;
import io.meshspan.plan.ChangeRequest.Found;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The Istio release in each cluster before a change, and the images that the change uses. Read-only. */
@Component
public final class FoundVersions {

    private static final Map<String, String> ISTIOD = Map.of("app", "istiod");
    private static final Pattern TAG = Pattern.compile("[^@]*:([\\w.-]+)(@.*)?");
    private static final String UNTAGGED = "a release that its image does not name";

    private final Clusters clusters;
    private final ValuesLayers layers;

    FoundVersions(Clusters clusters, ValuesLayers layers) {
        this.clusters = clusters;
        this.layers = layers;
    }

    public Found before(Mesh mesh) {
        Map<String, String> versions = new TreeMap<>();
        clusters.inEach(mesh.clusters(), cluster -> version(cluster, mesh.revision()))
                .forEach((cluster, version) -> versions.put(cluster.value(), version));
        HelmValues images = layers.images(mesh);
        return new Found(
                versions,
                images.at(List.of("global", "tag")).map(String::valueOf).orElse(""),
                images.at(List.of("global", "hub")).map(String::valueOf).orElse(null),
                layers.company().isEmpty() ? null : layers.company().text());
    }

    /** The version of this revision's control plane; if there is none yet, the versions of the other revisions. */
    private static String version(Cluster cluster, Revision revision) {
        List<Deployment> all = cluster.list(Deployment.class, "istio-system", ISTIOD);
        return all.stream()
                .filter(istiod -> istiod.getMetadata().getName().equals(revision.name("istiod")))
                .findFirst()
                .map(FoundVersions::tag)
                .orElseGet(() -> all.stream()
                        .map(other -> "%s of %s"
                                .formatted(tag(other), other.getMetadata().getName()))
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }

    private static String tag(Deployment istiod) {
        return istiod.getSpec().getTemplate().getSpec().getContainers().stream()
                .map(container -> Objects.requireNonNullElse(container.getImage(), ""))
                .map(TAG::matcher)
                .filter(Matcher::matches)
                .map(image -> image.group(1))
                .findFirst()
                .orElse(UNTAGGED);
    }
}

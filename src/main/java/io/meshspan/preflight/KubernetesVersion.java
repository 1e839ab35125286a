package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Does this Istio release support the cluster's Kubernetes version? */
@Component
final class KubernetesVersion implements Check {

    private static final Pattern FORM = Pattern.compile("v?1\\.(\\d+).*");

    @Override
    public String name() {
        return "Kubernetes version";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        Matcher version = FORM.matcher(cluster.serverVersion().version());
        if (!version.matches()) {
            return List.of();
        }
        int minor = Integer.parseInt(version.group(1));
        return IstioRelease.of(mesh.version()).filter(release -> isOutside(release, minor)).stream()
                .map(release -> finding(release, cluster))
                .toList();
    }

    private static boolean isOutside(IstioRelease release, int minor) {
        return release.oldestKubernetes().filter(oldest -> minor < oldest).isPresent()
                || release.newestKubernetes().filter(newest -> minor > newest).isPresent();
    }

    private static Finding finding(IstioRelease release, ClusterSnapshot cluster) {
        String oldest = release.oldestKubernetes().map(minor -> "1." + minor).orElse("any");
        String newest = release.newestKubernetes().map(minor -> "to 1." + minor).orElse("or newer");
        return Finding.warning(
                cluster.where(),
                "Kubernetes version",
                "%s %s, which Istio %s supports".formatted(oldest, newest, release),
                cluster.serverVersion().version(),
                "Upgrade the cluster, or choose a release of Istio that supports it.");
    }
}

package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Is the cluster's Kubernetes one that Istio supports for this release? */
@Component
final class KubernetesVersion implements Check {

    private record Minors(int oldest, int newest) {}

    /** By Istio's minor. Source: istio.io, "Supported Releases", column "Supported Kubernetes Versions". */
    private static final Map<Integer, Minors> SUPPORTED =
            Map.of(28, new Minors(30, 34), 29, new Minors(31, 35), 30, new Minors(32, 36));

    private static final Pattern FORM = Pattern.compile("v?1\\.(\\d+).*");

    @Override
    public String name() {
        return "Kubernetes version";
    }

    @Override
    public List<Finding> check(Mesh mesh, Sight cluster) {
        Minors supported = SUPPORTED.get(mesh.version().minor());
        Matcher version = FORM.matcher(cluster.greeting().version());
        if (supported == null || !version.matches()) {
            return List.of();
        }
        int minor = Integer.parseInt(version.group(1));
        return minor < supported.oldest() || minor > supported.newest()
                ? List.of(outside(mesh, cluster, supported))
                : List.of();
    }

    private static Finding outside(Mesh mesh, Sight cluster, Minors supported) {
        return Finding.warning(
                cluster.where(),
                "Kubernetes version",
                "1.%d to 1.%d, which Istio 1.%d supports"
                        .formatted(
                                supported.oldest(),
                                supported.newest(),
                                mesh.version().minor()),
                cluster.greeting().version(),
                "Upgrade the cluster, or choose a release of Istio that supports it.");
    }
}

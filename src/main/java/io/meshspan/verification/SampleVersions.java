package io.meshspan.verification;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One HelloWorld version for each cluster, so that an answer shows its cluster: v1 in the mesh's first cluster, ... */
final class SampleVersions {

    private SampleVersions() {}

    static SortedMap<ClusterName, String> of(Mesh mesh) {
        SortedMap<ClusterName, String> versions = new TreeMap<>();
        for (int i = 0; i < mesh.members().size(); i++) {
            versions.put(mesh.members().get(i).cluster(), "v" + (i + 1));
        }
        versions.keySet().retainAll(mesh.clusters());
        return versions;
    }

    static List<String> inOrder(Mesh mesh) {
        Map<ClusterName, String> versions = of(mesh);
        return mesh.clusters().stream().map(versions::get).toList();
    }

    static String deployment(String version) {
        return "helloworld-" + version;
    }
}

package io.meshspan.verification;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One HelloWorld version a cluster, so that an answer tells where it came from: v1 in the mesh's first cluster, ... */
final class SampleVersions {

    private SampleVersions() {}

    static SortedMap<ClusterName, String> of(Mesh mesh) {
        List<ClusterName> names = mesh.clusters();
        SortedMap<ClusterName, String> versions = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            versions.put(names.get(i), "v" + (i + 1));
        }
        return versions;
    }

    static String deployment(String version) {
        return "helloworld-" + version;
    }
}

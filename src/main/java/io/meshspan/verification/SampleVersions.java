package io.meshspan.verification;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** One HelloWorld version a cluster, so that an answer tells where it came from: v1 in the mesh's first cluster, ... */
final class SampleVersions {

    private SampleVersions() {}

    static SortedMap<ClusterName, String> of(Mesh mesh) {
        List<String> names = inOrder(mesh);
        SortedMap<ClusterName, String> versions = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            versions.put(mesh.clusters().get(i), names.get(i));
        }
        return versions;
    }

    static List<String> inOrder(Mesh mesh) {
        return IntStream.rangeClosed(1, mesh.members().size())
                .mapToObj(number -> "v" + number)
                .toList();
    }

    static String deployment(String version) {
        return "helloworld-" + version;
    }
}

package io.meshspan.meshfile;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.RequestedCluster;
import io.meshspan.mesh.RequestedClusters;
import io.meshspan.mesh.Stated;
import io.meshspan.meshfile.Node.Mapping;
import io.meshspan.meshfile.Node.Sequence;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the list of clusters. */
final class ClustersRead {

    private static final List<String> FIELDS = List.of("name", "network", "role", "controlPlane");

    private final List<Finding> findings;

    ClustersRead(List<Finding> findings) {
        this.findings = findings;
    }

    RequestedClusters from(FieldsRead mesh) {
        return mesh.list("clusters").map(this::clusters).orElseGet(() -> absent(mesh));
    }

    private static RequestedClusters absent(FieldsRead mesh) {
        return mesh.has("clusters")
                ? RequestedClusters.unreadable(Place.FILE)
                : RequestedClusters.of(List.of(), Place.FILE);
    }

    private RequestedClusters clusters(Sequence list) {
        String where = list.place().toString();
        if (list.items().size() > InputRules.MOST_CLUSTERS) {
            findings.add(InputRules.tooMany(where, "clusters", list.items().size()));
            return RequestedClusters.unreadable(where);
        }
        List<RequestedCluster> all = IntStream.range(0, list.items().size())
                .mapToObj(index -> cluster(index, list.items().get(index)))
                .toList();
        return RequestedClusters.of(all, where);
    }

    private RequestedCluster cluster(int index, Node node) {
        String path = "clusters[%d]".formatted(index);
        if (!(node instanceof Mapping mapping)) {
            findings.add(
                    node.place().wrong(path, "the fields of a cluster", node.told(), "Write it as: - name: cluster1"));
            Stated nothing = Stated.unreadable(node.place().toString());
            return new RequestedCluster(nothing, nothing, nothing, nothing);
        }
        FieldsRead fields = new FieldsRead(mapping, path + ".", findings);
        fields.noneBut(FIELDS);
        return new RequestedCluster(
                fields.text("name"), fields.text("network"), fields.text("role"), fields.text("controlPlane"));
    }
}

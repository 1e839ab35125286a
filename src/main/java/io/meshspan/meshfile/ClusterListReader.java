package io.meshspan.meshfile;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.RequestField;
import io.meshspan.mesh.RequestedCluster;
import io.meshspan.mesh.RequestedClusters;
import io.meshspan.meshfile.YamlNode.Mapping;
import io.meshspan.meshfile.YamlNode.Sequence;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the list of clusters. */
final class ClusterListReader {

    private static final List<String> FIELDS = List.of("name", "network", "role", "controlPlane", "values", "gateway");

    private static final List<String> GATEWAY = List.of("address", "port");

    private final List<Finding> findings;

    ClusterListReader(List<Finding> findings) {
        this.findings = findings;
    }

    RequestedClusters from(FieldReader mesh) {
        return mesh.list("clusters").map(this::clusters).orElseGet(() -> absent(mesh));
    }

    private static RequestedClusters absent(FieldReader mesh) {
        return mesh.has("clusters")
                ? RequestedClusters.unreadable(SourcePosition.FILE)
                : RequestedClusters.of(List.of(), SourcePosition.FILE);
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

    private RequestedCluster cluster(int index, YamlNode yamlNode) {
        String path = "clusters[%d]".formatted(index);
        if (!(yamlNode instanceof Mapping mapping)) {
            findings.add(yamlNode.place()
                    .wrong(path, "the fields of a cluster", yamlNode.told(), "Write it as: - name: cluster1"));
            RequestField nothing = RequestField.unreadable(yamlNode.place().toString());
            return new RequestedCluster(nothing, nothing, nothing, nothing);
        }
        FieldReader fields = new FieldReader(mapping, path + ".", findings);
        fields.noneBut(FIELDS);
        FieldReader gateway = fields.fields("gateway");
        gateway.noneBut(GATEWAY);
        return new RequestedCluster(
                fields.text("name"),
                fields.text("network"),
                fields.text("role"),
                fields.text("controlPlane"),
                fields.values("values"),
                gateway.text("address"),
                gateway.number("port"));
    }
}

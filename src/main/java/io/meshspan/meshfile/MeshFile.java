package io.meshspan.meshfile;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.RequestedClusters;
import io.meshspan.mesh.RequestedFields;
import io.meshspan.mesh.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A mesh file; {@code docs/mesh-file.md} describes its form.
 *
 * @param keepSample whether HelloWorld stays after the verification
 * @param findings what could not be read, each with its line and column
 */
public record MeshFile(RequestedFields fields, RequestedClusters clusters, boolean keepSample, List<Finding> findings) {

    private static final List<String> FIELDS = List.of(
            "meshId",
            "istioVersion",
            "hub",
            "tag",
            "revision",
            "ingressGateway",
            "defaultTag",
            "keepSample",
            "values",
            "gateway",
            "remoteSecrets",
            "clusters");

    public MeshFile {
        findings = List.copyOf(findings);
    }

    /** Reads as much as possible. The problems are reported when the request is judged. */
    public static MeshFile read(String text) {
        Document document = Document.read(SourcePosition.FILE, text);
        List<Finding> findings = new ArrayList<>(document.findings());
        FieldReader mesh = new FieldReader(document.root(), "", findings);
        mesh.noneBut(FIELDS);
        RequestedFields fields = fields(mesh);
        RequestedClusters clusters = new ClusterListReader(findings).from(mesh);
        return new MeshFile(fields, clusters, mesh.flag("keepSample"), findings);
    }

    private static RequestedFields fields(FieldReader mesh) {
        FieldReader gateway = mesh.fields("gateway");
        gateway.noneBut(List.of("namespace"));
        FieldReader remoteSecrets = mesh.fields("remoteSecrets");
        remoteSecrets.noneBut(List.of("tokenExpiration"));
        return new RequestedFields(
                mesh.text("meshId"),
                mesh.text("istioVersion"),
                mesh.textOrEmpty("hub"),
                mesh.textOrEmpty("tag"),
                mesh.textOrEmpty("revision"),
                new ProfileExtras(mesh.flag("ingressGateway"), mesh.flag("defaultTag")),
                mesh.values("values"),
                gateway.text("namespace"),
                remoteSecrets.text("tokenExpiration"));
    }

    /** @param others further problems of the submission */
    public MeshRequest request(Topology topology, Map<ClusterName, NetworkName> known, List<Finding> others) {
        List<Finding> misread = new ArrayList<>(others);
        misread.addAll(findings);
        return new MeshRequest(topology, fields, clusters, known, misread);
    }
}

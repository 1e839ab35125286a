package io.meshspan.rotation;

import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.change.RotatedCredential;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Access;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.rollback.StateBefore;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Checks, before the approval, that this service has the rights that a rotation needs in each cluster of the mesh. */
@Component
public final class RotationRights {

    private static final List<String> WORKLOADS = List.of("deployments", "statefulsets", "daemonsets");

    private final Clusters clusters;
    private final StateBefore before;

    RotationRights(Clusters clusters, StateBefore before) {
        this.clusters = clusters;
        this.before = before;
    }

    public List<Finding> missing(Mesh mesh, Rotate kind) {
        List<Access> needed = Stream.of(backup(), istiod(), of(mesh, kind.credential()))
                .flatMap(rights -> rights)
                .toList();
        return Clusters.joined(clusters.inEach(mesh.clusters(), cluster -> Access.missing(cluster, needed)));
    }

    private Stream<Access> backup() {
        return Stream.of("get", "create", "update", "delete")
                .map(verb -> new Access(verb, "", "secrets", before.namespace()));
    }

    /** To write the Secrets that istiod reads, to restart or stop istiod, and to wait for it. */
    private static Stream<Access> istiod() {
        return Stream.of(
                new Access("patch", "", "secrets", IstioNamespace.NAME),
                new Access("patch", "apps", "deployments", IstioNamespace.NAME),
                new Access("watch", "apps", "deployments", IstioNamespace.NAME));
    }

    private static Stream<Access> of(Mesh mesh, RotatedCredential credential) {
        return switch (credential) {
            case REMOTE_TOKENS ->
                Stream.concat(
                        Stream.of(
                                new Access("create", "", "secrets", IstioNamespace.NAME),
                                new Access("delete", "", "secrets", IstioNamespace.NAME),
                                new Access("create", "authentication.k8s.io", "tokenreviews", "")),
                        RemoteSecrets.permissions(mesh));
            case INTERMEDIATES -> Stream.of();
            case ROOT -> WORKLOADS.stream().map(resource -> new Access("patch", "apps", resource, ""));
        };
    }
}

package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Access;
import io.meshspan.mesh.Mesh;
import io.meshspan.rollback.StateBefore;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** May this service undo its changes? Without these rights, a change works but cannot be rolled back. */
@Component
final class RollBackRights implements Check {

    private final StateBefore before;

    RollBackRights(StateBefore before) {
        this.before = before;
    }

    @Override
    public String name() {
        return "Roll back";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        List<Access> wanted = Stream.of(
                        NeededPermissions.toRollBack(),
                        Stream.of("get", "create", "update", "delete")
                                .map(verb -> new Access(verb, "", "secrets", before.namespace())))
                .flatMap(rights -> rights)
                .toList();
        List<Access> denied = cluster.cluster().denied(wanted);
        return denied.isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        cluster.where(),
                        "rights to roll back",
                        "the rights to " + denied.stream().map(Access::toString).collect(Collectors.joining(", ")),
                        "no such rights",
                        "Grant them, or accept that this change cannot be rolled back; a change that overwrites objects "
                                + "in this cluster needs the rights on secrets."));
    }
}

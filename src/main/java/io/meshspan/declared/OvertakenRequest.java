package io.meshspan.declared;

import io.meshspan.change.ChangeKind;
import io.meshspan.change.ChangeKind.Adopt;
import io.meshspan.change.ChangeKind.Install;
import io.meshspan.change.ChangeKind.Upgrade;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ReplacedRevision;
import io.meshspan.mesh.Revision;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * A change waits for its approval and for other changes. One of them may change what it starts from: an upgrade, or a cluster
 * that joins. It would then take the mesh back to what it was, as far as it knew it.
 */
@Component
public final class OvertakenRequest {

    private final DeclaredMeshes meshes;

    OvertakenRequest(DeclaredMeshes meshes) {
        this.meshes = meshes;
    }

    /**
     * What a change starts from, and no longer holds; empty if the request holds. An installation says what it wants: it is
     * only overtaken by a removal, and by an upgrade beyond its version. An adoption reads the clusters anew.
     *
     * @param asked the mesh after the change
     * @param at when the change was requested
     */
    public Optional<Finding> finding(Mesh asked, ChangeKind kind, Instant at) {
        return kind instanceof Adopt
                ? Optional.empty()
                : meshes.find(asked.id().value())
                        .filter(now -> now.at().isAfter(at))
                        .filter(now -> !holds(now, asked, kind))
                        .map(now -> finding(now, asked, kind));
    }

    /** A removal goes by what is in the clusters, so it only has to know them all. */
    private static boolean holds(DeclaredMesh now, Mesh asked, ChangeKind kind) {
        Mesh mesh = now.mesh();
        if (kind instanceof Install) {
            return now.isThere() && asked.version().compareTo(mesh.version()) >= 0;
        }
        if (kind.removes().isPresent()) {
            return !now.isThere() || members(asked, kind).containsAll(members(mesh.members()));
        }
        return now.isThere()
                && version(asked, kind).equals(mesh.version())
                && revision(asked).equals(mesh.revision())
                && members(asked, kind).equals(members(mesh.members()));
    }

    private static Finding finding(DeclaredMesh now, Mesh asked, ChangeKind kind) {
        Mesh mesh = now.mesh();
        return Finding.blocking(
                "mesh " + mesh.id(),
                "declared mesh",
                told(version(asked, kind), revision(asked), members(asked, kind))
                        + ", as when this change was requested",
                now.isThere()
                        ? "%s, since version %d of the declared mesh (%s)"
                                .formatted(
                                        told(mesh.version(), mesh.revision(), members(mesh.members())),
                                        now.version(),
                                        now.origin())
                        : "removed",
                "Stop this change: it knows the mesh as it was."
                        + (now.isThere() ? " Request it again, and it starts from the mesh as it is." : ""));
    }

    private static String told(IstioVersion version, Revision revision, Collection<String> members) {
        return "Istio %s%s in %s"
                .formatted(
                        version,
                        revision.isNamed() ? " (revision %s)".formatted(revision) : "",
                        String.join(", ", members));
    }

    private static IstioVersion version(Mesh asked, ChangeKind kind) {
        return kind instanceof Upgrade upgrade ? upgrade.from() : asked.version();
    }

    private static Revision revision(Mesh asked) {
        return asked.replaced().map(ReplacedRevision::revision).orElse(asked.revision());
    }

    private static Set<String> members(Mesh asked, ChangeKind kind) {
        List<ClusterName> joining = kind.joining();
        return members(asked.members().stream()
                .filter(member -> !joining.contains(member.cluster()))
                .toList());
    }

    private static Set<String> members(List<Member> members) {
        return members.stream()
                .map(member -> "%s (%s)".formatted(member.cluster(), member.roleInWords()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

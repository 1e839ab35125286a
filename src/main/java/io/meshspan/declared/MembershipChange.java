package io.meshspan.declared;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.mesh.UpgradeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What an installation means for a declared mesh if it names other members or a newer version. */
@Component
public final class MembershipChange {

    private final DeclaredMeshes meshes;

    MembershipChange(DeclaredMeshes meshes) {
        this.meshes = meshes;
    }

    /** For the approver; empty if the mesh is not declared, or names its members and no other cluster. */
    public List<Finding> of(Mesh asked) {
        Optional<DeclaredMesh> declared = meshes.find(asked.id().value()).filter(DeclaredMesh::isThere);
        return declared.map(known -> findings(known.mesh(), asked)).orElse(List.of());
    }

    /**
     * For an installation that would upgrade the declared mesh in all clusters at once.
     *
     * @param running by cluster, the version of its control plane of the asked revision, as its image names it
     */
    public List<Finding> upgrade(Mesh asked, Map<String, String> running) {
        List<ClusterName> older = asked.clusters().stream()
                .filter(cluster -> Optional.ofNullable(running.get(cluster.value()))
                        .filter(IstioVersion::isVersion)
                        .map(IstioVersion::parse)
                        .filter(version -> version.compareTo(asked.version()) < 0)
                        .isPresent())
                .toList();
        return meshes.find(asked.id().value())
                .filter(DeclaredMesh::isThere)
                .map(known -> UpgradeRules.ofInstallation(known.mesh(), asked, older))
                .orElse(List.of());
    }

    private static List<Finding> findings(Mesh known, Mesh asked) {
        List<Finding> findings = new ArrayList<>();
        if (known.boundTokens().isPresent() != asked.boundTokens().isPresent()) {
            findings.add(otherTokens(known, asked));
        }
        List<Member> unnamed = unnamed(known, asked);
        if (!unnamed.isEmpty()) {
            findings.add(Finding.warning(
                    names(unnamed),
                    "members of mesh " + known.id(),
                    "named in the request, as members of the declared mesh",
                    "not named",
                    "They stay connected members, and this change does nothing in them. Name them to change them. "
                            + "To remove them from the mesh, start take-out-cluster."));
        }
        List<Member> joining = unnamed(asked, known);
        if (!joining.isEmpty()) {
            findings.add(Finding.note(
                    names(joining),
                    "members of mesh " + known.id(),
                    "those of the declared mesh",
                    "new ones",
                    "They join the mesh with this change."));
        }
        return findings;
    }

    /** An installation would leave the tokens of the other kind valid. */
    private static Finding otherTokens(Mesh known, Mesh asked) {
        return Finding.blocking(
                "mesh " + known.id(),
                "remote tokens",
                tokens(known) + ", as declared",
                tokens(asked),
                "Set the tokenExpiration of the request to %s. To change it, start rotate-remote-tokens with the other one: it deletes the old tokens."
                        .formatted(known.boundTokens()
                                .map(TokenExpiration::toString)
                                .orElse(TokenExpiration.NEVER)));
    }

    private static String tokens(Mesh mesh) {
        return mesh.boundTokens()
                .map("bound ones, valid for %s"::formatted)
                .orElse("long-lived ones, which never expire");
    }

    /** The members of the one mesh that the other lacks. */
    static List<Member> unnamed(Mesh known, Mesh asked) {
        return known.members().stream()
                .filter(member -> asked.members().stream()
                        .noneMatch(other -> other.cluster().equals(member.cluster())))
                .toList();
    }

    private static String names(List<Member> members) {
        return members.stream().map(Member::cluster).map(ClusterName::value).collect(Collectors.joining(", "));
    }
}

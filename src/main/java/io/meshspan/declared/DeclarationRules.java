package io.meshspan.declared;

import io.meshspan.audit.ChangeState;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.ChangeKind.Add;
import io.meshspan.change.ChangeKind.Adopt;
import io.meshspan.change.ChangeKind.Install;
import io.meshspan.change.ChangeKind.Remove;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.change.ChangeKind.TakeOut;
import io.meshspan.change.ChangeKind.Upgrade;
import io.meshspan.change.ChangeKind.Verify;
import io.meshspan.declared.DeclaredMesh.State;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a change means for the declared mesh. If the change wrote nothing, or was rolled back, the declaration
 * stays as it was. If it wrote something and did not end well, the declaration becomes uncertain.
 *
 * @param before the earlier declaration, if there is one and the mesh was not removed
 * @param asked the mesh that the change was about
 * @param excluded the clusters that were left out of the change
 * @param wrote whether it wrote or deleted an object in a cluster
 */
record DeclarationRules(
        Optional<DeclaredMesh> before, ChangeKind kind, Mesh asked, Set<ClusterName> excluded, boolean wrote) {

    private static final String UNVERIFIED = "Meshspan never verified this mesh: start verify-mesh.";

    /** The new declaration; empty if it does not change. */
    record Declaration(State state, Mesh mesh, @Nullable Mesh attempted, String note) {}

    Optional<Declaration> at(ChangeState end) {
        boolean carriedOut = end == ChangeState.REMOVED;
        return kind.match(new ChangeKind.Cases<Optional<Declaration>>() {

            @Override
            public Optional<Declaration> install(Install kind) {
                return installed(end);
            }

            @Override
            public Optional<Declaration> verify(Verify kind) {
                return verified(end);
            }

            @Override
            public Optional<Declaration> remove(Remove kind) {
                return carriedOut ? removed() : unfinished(end);
            }

            @Override
            public Optional<Declaration> takeOut(TakeOut kind) {
                return carriedOut ? takenOut(kind.leaving()) : unfinished(end);
            }

            @Override
            public Optional<Declaration> add(Add kind) {
                return installed(end);
            }

            @Override
            public Optional<Declaration> rotate(Rotate kind) {
                return installed(end);
            }

            @Override
            public Optional<Declaration> upgrade(Upgrade kind) {
                return installed(end);
            }

            @Override
            public Optional<Declaration> adopt(Adopt kind) {
                return installed(end);
            }
        });
    }

    private Optional<Declaration> installed(ChangeState end) {
        if (end != ChangeState.VERIFIED) {
            return unfinished(end);
        }
        return Optional.of(
                new Declaration(State.VERIFIED, withUnnamed(), null, notes(withoutExcluded(), unnamedInWords())));
    }

    /** Members that an installation does not name stay members: nothing was done in them. */
    private Mesh withUnnamed() {
        List<Member> unnamed = unnamed();
        if (unnamed.isEmpty()) {
            return asked.settled().without(excluded);
        }
        return new Mesh(
                        asked.id(),
                        before.map(known -> known.mesh().topology()).orElse(asked.topology()),
                        asked.version(),
                        asked.images(),
                        asked.revision(),
                        asked.extras(),
                        Stream.concat(asked.members().stream(), unnamed.stream())
                                .toList(),
                        excluded,
                        asked.values(),
                        asked.gatewayNamespace())
                .with(asked.tokenExpiration());
    }

    private List<Member> unnamed() {
        return before.map(known -> MembershipChange.unnamed(known.mesh(), asked))
                .orElse(List.of());
    }

    private String unnamedInWords() {
        return unnamed().isEmpty()
                ? ""
                : "Not named in the last change, and as they were: %s."
                        .formatted(names(unnamed().stream().map(Member::cluster).toList()));
    }

    private static String notes(String... notes) {
        return Stream.of(notes).filter(note -> !note.isEmpty()).collect(Collectors.joining(" "));
    }

    /** Such a change only writes the sample: if it ends early, that says nothing about the mesh. */
    private Optional<Declaration> verified(ChangeState end) {
        return switch (end) {
            case VERIFIED -> Optional.of(new Declaration(State.VERIFIED, sameAsBefore(), null, withoutExcluded()));
            case VERIFICATION_FAILED, RESULT_NOT_ACCEPTED ->
                before.map(known -> new Declaration(State.UNCERTAIN, known.mesh(), known.attempted(), since(end)));
            default -> Optional.empty();
        };
    }

    /** A verification knows the requested state of the clusters, but not the original topology. */
    private Mesh sameAsBefore() {
        return before.map(DeclaredMesh::mesh)
                .filter(known -> parts(known).equals(parts(asked)))
                .map(known -> new Mesh(
                                known.id(),
                                known.topology(),
                                asked.version(),
                                asked.images(),
                                asked.revision(),
                                asked.extras(),
                                tellsValues(asked) ? asked.members() : known.members(),
                                excluded,
                                tellsValues(asked) ? asked.values() : known.values(),
                                tellsValues(asked) ? asked.gatewayNamespace() : known.gatewayNamespace())
                        .with(known.tokenExpiration()))
                .orElseGet(() -> asked.without(excluded));
    }

    /** A verification that does not start from a declared mesh need not tell values or gateways. */
    private static boolean tellsValues(Mesh mesh) {
        return !mesh.values().isEmpty()
                || !mesh.gatewayNamespace().isEmpty()
                || mesh.members().stream().anyMatch(member -> !member.values().isEmpty() || member.gateway() != null);
    }

    private static Set<Member> parts(Mesh mesh) {
        return mesh.members().stream()
                .map(member -> member.with(HelmValues.NONE, null))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Declaration> removed() {
        Mesh there = before.map(DeclaredMesh::mesh).orElse(asked);
        return Optional.of(
                excluded.isEmpty()
                        ? new Declaration(State.REMOVED, there, null, unreached())
                        : new Declaration(
                                State.UNCERTAIN,
                                there,
                                null,
                                "Removed everywhere but in %s.".formatted(names(excluded))));
    }

    /** Nothing can clean clusters that are gone; the note is for people who find them again. */
    private String unreached() {
        List<ClusterName> missed = before.map(DeclaredMesh::mayBeIn).orElse(List.of()).stream()
                .map(Member::cluster)
                .filter(cluster -> !asked.clusters().contains(cluster))
                .toList();
        return missed.isEmpty() ? "" : "Nothing was removed in %s, which the inventory lacks.".formatted(names(missed));
    }

    private Optional<Declaration> takenOut(List<ClusterName> leaving) {
        Mesh there = before.map(DeclaredMesh::mesh).orElse(asked);
        List<Member> members = there.members().stream()
                .filter(member -> !leaving.contains(member.cluster()) || excluded.contains(member.cluster()))
                .toList();
        Set<ClusterName> leftOut = there.leftOut().stream()
                .filter(cluster -> !leaving.contains(cluster))
                .collect(Collectors.toUnmodifiableSet());
        Mesh rest = new Mesh(
                        there.id(),
                        there.topology(),
                        there.version(),
                        there.images(),
                        there.revision(),
                        there.extras(),
                        members,
                        leftOut,
                        there.values(),
                        there.gatewayNamespace())
                .with(there.tokenExpiration());
        if (!excluded.isEmpty()) {
            String note = "Clusters were taken out, but nothing was done in %s.".formatted(names(excluded));
            return Optional.of(new Declaration(State.UNCERTAIN, rest, null, note));
        }
        return Optional.of(before.map(known -> new Declaration(known.state(), rest, known.attempted(), known.note()))
                .orElseGet(() -> new Declaration(State.UNCERTAIN, rest, null, UNVERIFIED)));
    }

    private Optional<Declaration> unfinished(ChangeState end) {
        if (!wrote || end == ChangeState.ROLLED_BACK) {
            return Optional.empty();
        }
        Mesh attempted =
                kind.removes().isPresent() ? before.map(DeclaredMesh::attempted).orElse(null) : asked.settled();
        Mesh there = before.map(DeclaredMesh::mesh).orElse(asked);
        return Optional.of(new Declaration(State.UNCERTAIN, there, attempted, since(end)));
    }

    private String since(ChangeState end) {
        return "The last change (%s) ended as: %s. Verify the mesh, or carry the change through."
                .formatted(kind.inWords(), end.inWords());
    }

    private String withoutExcluded() {
        return excluded.isEmpty() ? "" : "Carried out without %s.".formatted(names(excluded));
    }

    private static String names(Collection<ClusterName> clusters) {
        return clusters.stream().map(ClusterName::value).sorted().collect(Collectors.joining(", "));
    }
}

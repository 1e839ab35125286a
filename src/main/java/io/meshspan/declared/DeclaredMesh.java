package io.meshspan.declared;

import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One version of a declared mesh. It never contains a secret.
 *
 * @param version counted from 1 for each mesh; the highest one is the current declaration
 * @param mesh as the last verified change left it, or as it was found
 * @param attempted the mesh wanted by a change that did not end well; null if there was none since the last verified one
 * @param roots the SHA-256 fingerprints of the root certificates, each once
 * @param values the team's own Helm values as canonical text, which people read; null if there are none. They are in the mesh, too
 * @param trust the source of trust that the last installation used, as in {@code meshspan.trust.source}; null if it is not known
 * @param change the id of the change that made this version; null if the version was read from the clusters
 * @param origin the kind of that change, or {@code take over}
 * @param person who asked for that change, or took the mesh over; null if nobody was logged in
 * @param note what people should know about this version; may be empty
 */
public record DeclaredMesh(
        int version,
        Instant at,
        State state,
        Mesh mesh,
        @Nullable Mesh attempted,
        List<String> roots,
        @Nullable String values,
        @Nullable String trust,
        @Nullable String change,
        String origin,
        @Nullable String person,
        String note) {

    public DeclaredMesh {
        roots = List.copyOf(roots);
    }

    /** How sure it is that the clusters match the declaration. */
    public enum State {
        /** A verification passed, and no change has failed since. */
        VERIFIED,
        /** It was read from clusters in which others made it, and has not been verified since. */
        TAKEN_OVER,
        /** A change wrote to the clusters and did not end well. */
        UNCERTAIN,
        /** It was removed; its history stays. */
        REMOVED;

        /** For example {@code taken over}. */
        public String inWords() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Whether there is such a mesh, as far as Meshspan knows. */
    public boolean isThere() {
        return state != State.REMOVED;
    }

    /** Whether a different request contradicts it. If the mesh is uncertain, that is not known. */
    public boolean isCertain() {
        return state == State.VERIFIED || state == State.TAKEN_OVER;
    }

    /** Every cluster that may have a part of it: its members, and those of a change that did not end well. */
    public List<Member> mayBeIn() {
        List<Member> members = mesh.members();
        Stream<Member> others = Optional.ofNullable(attempted).stream()
                .flatMap(wanted -> wanted.members().stream())
                .filter(wanted ->
                        members.stream().noneMatch(member -> member.cluster().equals(wanted.cluster())));
        return Stream.concat(members.stream(), others).toList();
    }
}

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
 * One version of a mesh as it is declared. It never holds a secret.
 *
 * @param version counted from 1 for each mesh; the highest one is the mesh as it is declared now
 * @param mesh as the last verified change left it, or as it was found
 * @param attempted what a change without a good end wanted of it; null if there was none since the last verified one
 * @param roots the SHA-256 fingerprints of the root certificates, each once
 * @param values the team's own Helm values as canonical text; null if there are none
 * @param change the id of the change that this version came with; null where it was read from the clusters
 * @param origin what kind of change that was, or {@code take over}
 * @param person who asked for that change, or took the mesh over; null if nobody was logged in
 * @param note what people should know of this version; may be empty
 */
public record DeclaredMesh(
        int version,
        Instant at,
        State state,
        Mesh mesh,
        @Nullable Mesh attempted,
        List<String> roots,
        @Nullable String values,
        @Nullable String change,
        String origin,
        @Nullable String person,
        String note) {

    public DeclaredMesh {
        roots = List.copyOf(roots);
    }

    /** How sure it is that the clusters are as declared. */
    public enum State {
        /** A verification passed, and no change went wrong since. */
        VERIFIED,
        /** It was read from clusters in which others made it, and not verified since. */
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

    /** Whether there is such a mesh, as far as is known. */
    public boolean isThere() {
        return state != State.REMOVED;
    }

    /** Whether a request that says something else contradicts it; nobody knows that of a mesh that is uncertain. */
    public boolean isCertain() {
        return state == State.VERIFIED || state == State.TAKEN_OVER;
    }

    /** Every cluster in which something of it may be: its members, and those that a change without a good end wanted. */
    public List<Member> mayBeIn() {
        List<Member> members = mesh.members();
        Stream<Member> others = Optional.ofNullable(attempted).stream()
                .flatMap(wanted -> wanted.members().stream())
                .filter(wanted ->
                        members.stream().noneMatch(member -> member.cluster().equals(wanted.cluster())));
        return Stream.concat(members.stream(), others).toList();
    }
}

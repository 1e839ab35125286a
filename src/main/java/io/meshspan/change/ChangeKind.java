package io.meshspan.change;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a change is for. Whatever differs between an installation, a verification and a removal follows from this, by a method
 * here or by {@link #fold}: what is planned, what is checked before, what people are asked, and what is declared of the mesh at
 * the end. A new kind is added here, and the compiler names the places that must know it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChangeKind.Install.class, name = "install"),
    @JsonSubTypes.Type(value = ChangeKind.Verify.class, name = "verify"),
    @JsonSubTypes.Type(value = ChangeKind.Remove.class, name = "remove"),
    @JsonSubTypes.Type(value = ChangeKind.TakeOut.class, name = "take-out")
})
public sealed interface ChangeKind {

    /** Makes a mesh what was asked for, whether it is there already or not. */
    record Install() implements ChangeKind {

        @Override
        public <R> R fold(
                Function<Install, R> install,
                Function<Verify, R> verify,
                Function<Remove, R> remove,
                Function<TakeOut, R> takeOut) {
            return install.apply(this);
        }

        @Override
        public boolean exposesGateways() {
            return true;
        }

        @Override
        public String inWords() {
            return "install";
        }
    }

    /** Finds out whether a mesh works; it writes the sample alone. */
    record Verify() implements ChangeKind {

        @Override
        public <R> R fold(
                Function<Install, R> install,
                Function<Verify, R> verify,
                Function<Remove, R> remove,
                Function<TakeOut, R> takeOut) {
            return verify.apply(this);
        }

        @Override
        public String inWords() {
            return "verify";
        }
    }

    /** Takes a whole mesh away. */
    record Remove(Removal removal) implements ChangeKind {

        @Override
        public <R> R fold(
                Function<Install, R> install,
                Function<Verify, R> verify,
                Function<Remove, R> remove,
                Function<TakeOut, R> takeOut) {
            return remove.apply(this);
        }

        @Override
        public Optional<Removal> removes() {
            return Optional.of(removal);
        }

        @Override
        public String approvalTitle(MeshId mesh, String processName) {
            return "Approve removal of " + mesh;
        }

        @Override
        public String inWords() {
            return "remove";
        }
    }

    /** Takes some clusters out of a mesh that goes on without them. */
    record TakeOut(Removal removal) implements ChangeKind {

        private static final int FEW = 3;

        @Override
        public <R> R fold(
                Function<Install, R> install,
                Function<Verify, R> verify,
                Function<Remove, R> remove,
                Function<TakeOut, R> takeOut) {
            return takeOut.apply(this);
        }

        @Override
        public Optional<Removal> removes() {
            return Optional.of(removal);
        }

        @Override
        public String approvalTitle(MeshId mesh, String processName) {
            List<ClusterName> clusters = removal.clusters();
            String few = clusters.size() > FEW
                    ? clusters.size() + " clusters"
                    : clusters.stream().map(ClusterName::value).collect(Collectors.joining(", "));
            return "Approve taking %s out of %s".formatted(few, mesh);
        }

        @Override
        public String inWords() {
            return "take out";
        }
    }

    /** Of a change that an earlier release began, by the key of its process and what it has on record. */
    static ChangeKind earlier(String process, Collection<ClusterName> members, Removal removal) {
        if (removal.clusters().isEmpty()) {
            return startedBy(process);
        }
        return removal.clusters().containsAll(members) ? new Remove(removal) : new TakeOut(removal);
    }

    /** Of a process that takes nothing away. */
    static ChangeKind startedBy(String process) {
        return process.equals("verify-mesh") ? new Verify() : new Install();
    }

    /** What follows from each kind, where that needs more than is known here. */
    <R> R fold(
            Function<Install, R> install,
            Function<Verify, R> verify,
            Function<Remove, R> remove,
            Function<TakeOut, R> takeOut);

    /** For people and records. */
    String inWords();

    /** What shall be taken away; empty for a change that takes nothing away. */
    default Optional<Removal> removes() {
        return Optional.empty();
    }

    /** The clusters that are no members any more once it has ended well. */
    default List<ClusterName> leaving() {
        return removes().map(Removal::clusters).orElse(List.of());
    }

    /** Whether gateways can be reached from outside that could not be before, which may have a gate of its own. */
    default boolean exposesGateways() {
        return false;
    }

    /**
     * What an approval of it is called.
     *
     * @param processName as its diagram names it
     */
    default String approvalTitle(MeshId mesh, String processName) {
        return "Approve change of %s: %s".formatted(mesh, processName);
    }
}

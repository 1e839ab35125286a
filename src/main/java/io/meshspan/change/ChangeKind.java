package io.meshspan.change;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.MeshId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The purpose of a change. All differences between an installation, a verification and a removal follow from it, with a
 * method here or with {@link #match}: what is planned, what is checked before, what people are asked, and what is declared of
 * the mesh at the end. To add a kind, add it here: the compiler names the places that must handle it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChangeKind.Install.class, name = "install"),
    @JsonSubTypes.Type(value = ChangeKind.Verify.class, name = "verify"),
    @JsonSubTypes.Type(value = ChangeKind.Remove.class, name = "remove"),
    @JsonSubTypes.Type(value = ChangeKind.TakeOut.class, name = "take-out"),
    @JsonSubTypes.Type(value = ChangeKind.Add.class, name = "add"),
    @JsonSubTypes.Type(value = ChangeKind.Rotate.class, name = "rotate"),
    @JsonSubTypes.Type(value = ChangeKind.Upgrade.class, name = "upgrade"),
    @JsonSubTypes.Type(value = ChangeKind.Adopt.class, name = "adopt")
})
public sealed interface ChangeKind {

    /** Makes a mesh as requested, whether it already exists or not. */
    record Install() implements ChangeKind {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.install(this);
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

    /** Checks whether a mesh works; it only writes the sample. */
    record Verify() implements ChangeKind {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.verify(this);
        }

        @Override
        public String inWords() {
            return "verify";
        }
    }

    /** Removes a whole mesh. */
    record Remove(Removal removal) implements ChangeKind {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.remove(this);
        }

        @Override
        public Optional<Removal> removes() {
            return Optional.of(removal);
        }

        @Override
        public Optional<String> ownApprovalTitle(MeshId mesh) {
            return Optional.of("Approve removal of " + mesh);
        }

        @Override
        public String inWords() {
            return "remove";
        }
    }

    /** Removes some clusters from a mesh; the mesh continues without them. */
    record TakeOut(Removal removal) implements ChangeKind {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.takeOut(this);
        }

        @Override
        public Optional<Removal> removes() {
            return Optional.of(removal);
        }

        @Override
        public Optional<String> ownApprovalTitle(MeshId mesh) {
            return Optional.of("Approve taking %s out of %s".formatted(few(removal.clusters()), mesh));
        }

        @Override
        public String inWords() {
            return "take out";
        }
    }

    /** Adds some clusters to an existing mesh. */
    record Add(@Override List<ClusterName> joining) implements ChangeKind {

        public Add {
            joining = List.copyOf(joining);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.add(this);
        }

        @Override
        public boolean exposesGateways() {
            return true;
        }

        @Override
        public Optional<String> ownApprovalTitle(MeshId mesh) {
            return Optional.of("Approve adding %s to %s".formatted(few(joining), mesh));
        }

        @Override
        public String inWords() {
            return "add";
        }
    }

    /** Moves a mesh to a newer version of Istio, which runs beside the older one until all workloads use it. */
    record Upgrade(IstioVersion from, IstioVersion to) implements ChangeKind {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.upgrade(this);
        }

        @Override
        public Optional<String> ownApprovalTitle(MeshId mesh) {
            return Optional.of("Approve upgrade of %s to Istio %s".formatted(mesh, to));
        }

        @Override
        public String inWords() {
            return "upgrade";
        }
    }

    /** Replaces credentials of an existing mesh. */
    record Rotate(RotatedCredential credential, List<ClusterName> clusters) implements ChangeKind {

        public Rotate {
            clusters = List.copyOf(clusters);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.rotate(this);
        }

        @Override
        public Optional<String> ownApprovalTitle(MeshId mesh) {
            return Optional.of("Approve rotating %s of %s".formatted(credential.inWords(), mesh));
        }

        @Override
        public String inWords() {
            return "rotate " + credential.inWords();
        }
    }

    /** Makes a mesh that others installed a declared one; marks its objects and changes nothing else. */
    record Adopt() implements ChangeKind {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.adopt(this);
        }

        @Override
        public Optional<String> ownApprovalTitle(MeshId mesh) {
            return Optional.of("Approve adopting " + mesh);
        }

        @Override
        public String inWords() {
            return "adopt";
        }
    }

    /** The kind of a change that an earlier release began, from its process key and its records. */
    static ChangeKind earlier(String process, Collection<ClusterName> members, Removal removal) {
        if (removal.clusters().isEmpty()) {
            return startedBy(process);
        }
        return removal.clusters().containsAll(members) ? new Remove(removal) : new TakeOut(removal);
    }

    /** The kind of a process that removes nothing. */
    static ChangeKind startedBy(String process) {
        return process.equals("verify-mesh") ? new Verify() : new Install();
    }

    /** The result for each kind, if it needs more than this class knows. */
    <R> R match(Cases<R> cases);

    /** One method for each kind, so that the compiler names the places that a new kind lacks. */
    interface Cases<R> {

        R install(Install kind);

        R verify(Verify kind);

        R remove(Remove kind);

        R takeOut(TakeOut kind);

        R add(Add kind);

        R rotate(Rotate kind);

        R upgrade(Upgrade kind);

        R adopt(Adopt kind);
    }

    /** The kind's name for people and records. */
    String inWords();

    /** What the change removes; empty if it removes nothing. */
    default Optional<Removal> removes() {
        return Optional.empty();
    }

    /** The clusters that are no longer members after it has ended well. */
    default List<ClusterName> leaving() {
        return removes().map(Removal::clusters).orElse(List.of());
    }

    /** The clusters that become members. */
    default List<ClusterName> joining() {
        return List.of();
    }

    /** Whether it makes gateways reachable from outside that were not before; that may have its own gate. */
    default boolean exposesGateways() {
        return false;
    }

    /**
     * The name of an approval of this change.
     *
     * @param processName the name in its diagram
     */
    default String approvalTitle(MeshId mesh, String processName) {
        return ownApprovalTitle(mesh).orElseGet(() -> "Approve change of %s: %s".formatted(mesh, processName));
    }

    /** The name of an approval that must not look like that of an installation. */
    default Optional<String> ownApprovalTitle(MeshId mesh) {
        return Optional.empty();
    }

    private static String few(List<ClusterName> clusters) {
        int most = 3;
        return clusters.size() > most
                ? clusters.size() + " clusters"
                : clusters.stream().map(ClusterName::value).collect(Collectors.joining(", "));
    }
}

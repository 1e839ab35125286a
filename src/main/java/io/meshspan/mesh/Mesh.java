package io.meshspan.mesh;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A mesh as it is wanted. Every instance satisfies the rules of its topology; {@link MeshRequest} gets it there.
 */
public record Mesh(
        MeshId id,
        Topology topology,
        IstioVersion version,
        ImageSource images,
        Revision revision,
        ProfileExtras extras,
        List<Member> members) {

    public Mesh {
        members = List.copyOf(members);
    }

    /** A mesh as most are: images from where the configuration says, no revision, nothing beyond istiod. */
    public Mesh(MeshId id, Topology topology, IstioVersion version, List<Member> members) {
        this(id, topology, version, ImageSource.CONFIGURED, Revision.NONE, ProfileExtras.NONE, members);
    }

    /** In the order of the request. */
    public List<ClusterName> clusters() {
        return members.stream().map(Member::cluster).toList();
    }

    public List<Member> primaries() {
        return members.stream().filter(m -> m.role() == Role.PRIMARY).toList();
    }

    public Member member(ClusterName cluster) {
        return members.stream()
                .filter(m -> m.cluster().equals(cluster))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s is not in mesh %s".formatted(cluster, id)));
    }

    public Set<NetworkName> networks() {
        return members.stream().map(Member::network).collect(Collectors.toUnmodifiableSet());
    }

    public List<Member> remotes() {
        return members.stream().filter(m -> m.role() == Role.REMOTE).toList();
    }

    /** Whether pods of different clusters reach each other only through gateways. */
    public boolean multiNetwork() {
        return networks().size() > 1;
    }

    /** Whether this cluster's istiod serves other clusters, which then reach it through its east-west gateway. */
    public boolean servesRemotes(Member member) {
        return remotes().stream().anyMatch(remote -> remote.controlPlane().equals(member.cluster()));
    }

    /** The clusters with an east-west gateway: all on different networks, else those whose istiod serves others. */
    public List<Member> gateways() {
        return members.stream().filter(m -> multiNetwork() || servesRemotes(m)).toList();
    }

    /** The clusters where services are exposed; a remote's gateway takes its configuration from the primary. */
    public List<Member> exposingServices() {
        return multiNetwork() ? primaries() : List.of();
    }

    /** The clusters whose istiod is exposed to remotes. */
    public List<Member> exposingIstiod() {
        return primaries().stream().filter(this::servesRemotes).toList();
    }

    /** The control planes that watch this cluster's API server: every primary except the cluster itself. */
    public List<ClusterName> readersOf(ClusterName target) {
        return primaries().stream()
                .map(Member::cluster)
                .filter(reader -> !reader.equals(target))
                .toList();
    }
}

package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The desired mesh. Every instance satisfies the rules of its topology; {@link MeshRequest} makes valid ones.
 *
 * @param members in the order of the request, including those that were left out of the change later, so that the data of
 *     the others (networks, gateways, versions of the sample) stays as approved
 * @param leftOut the clusters that Meshspan does not touch any more
 * @param values of Istio's charts, for all clusters; the values of a member override them
 * @param gatewayNamespace the namespace of the gateways; empty for istio-system
 * @param replaces while an upgrade is under way, the revision that this one replaces; it runs beside it until the end. In an
 *     upgrade in place it is the same revision, in its older version
 * @param tokenExpiration for how long the tokens in remote secrets are valid; null if they never expire
 */
public record Mesh(
        MeshId id,
        Topology topology,
        IstioVersion version,
        ImageSource images,
        Revision revision,
        ProfileExtras extras,
        List<Member> members,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<ClusterName> leftOut,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) HelmValues values,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String gatewayNamespace,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReplacedRevision replaces,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TokenExpiration tokenExpiration) {

    public static final String ISTIO_NAMESPACE = "istio-system";

    public Mesh {
        values = Objects.requireNonNullElse(values, HelmValues.NONE);
        gatewayNamespace = Objects.requireNonNullElse(gatewayNamespace, "");
        members = List.copyOf(members);
        leftOut = Set.copyOf(Objects.requireNonNullElse(leftOut, Set.of())); // most recorded meshes have none
    }

    public Mesh(
            MeshId id,
            Topology topology,
            IstioVersion version,
            ImageSource images,
            Revision revision,
            ProfileExtras extras,
            List<Member> members) {
        this(id, topology, version, images, revision, extras, members, Set.of(), HelmValues.NONE, "");
    }

    /** A mesh of one revision. */
    public Mesh(
            MeshId id,
            Topology topology,
            IstioVersion version,
            ImageSource images,
            Revision revision,
            ProfileExtras extras,
            List<Member> members,
            Set<ClusterName> leftOut,
            HelmValues values,
            String gatewayNamespace) {
        this(id, topology, version, images, revision, extras, members, leftOut, values, gatewayNamespace, null, null);
    }

    /** The usual mesh: images from the configured source, no revision, only istiod. */
    public Mesh(MeshId id, Topology topology, IstioVersion version, List<Member> members) {
        this(id, topology, version, ImageSource.CONFIGURED, Revision.NONE, ProfileExtras.NONE, members);
    }

    /** The same mesh, in which Meshspan does not touch these clusters any more. */
    public Mesh without(Set<ClusterName> clusters) {
        Set<ClusterName> all =
                Stream.concat(leftOut.stream(), clusters.stream()).collect(Collectors.toUnmodifiableSet());
        return with(members, all);
    }

    /** The same mesh with only these members. */
    public Mesh among(Collection<ClusterName> clusters) {
        List<Member> some =
                members.stream().filter(m -> clusters.contains(m.cluster())).toList();
        return with(some, leftOut);
    }

    /** The same mesh with values for all clusters and a namespace for its gateways; empty for istio-system. */
    public Mesh with(HelmValues shared, String namespace) {
        return copy(members, leftOut, shared, namespace, tokenExpiration);
    }

    /** The same mesh with some members replaced. */
    public Mesh with(UnaryOperator<Member> change) {
        List<Member> changed = members.stream().map(change).toList();
        return with(changed, leftOut);
    }

    /** The same mesh with other members, and the clusters among them that Meshspan no longer touches. */
    public Mesh with(List<Member> others, Set<ClusterName> out) {
        return copy(others, out, values, gatewayNamespace, tokenExpiration);
    }

    /** The same mesh, known by another topology. */
    public Mesh in(Topology other) {
        return replacing(other, extras, replaces);
    }

    /** The same mesh with tokens in its remote secrets that are valid for so long; null if they never expire. */
    public Mesh with(@Nullable TokenExpiration expiration) {
        return copy(members, leftOut, values, gatewayNamespace, expiration);
    }

    private Mesh copy(
            List<Member> some,
            Set<ClusterName> out,
            HelmValues shared,
            String namespace,
            @Nullable TokenExpiration expiration) {
        return new Mesh(
                id, topology, version, images, revision, extras, some, out, shared, namespace, replaces, expiration);
    }

    private Mesh replacing(Topology known, ProfileExtras parts, @Nullable ReplacedRevision old) {
        return new Mesh(
                id,
                known,
                version,
                images,
                revision,
                parts,
                members,
                leftOut,
                values,
                gatewayNamespace,
                old,
                tokenExpiration);
    }

    /** For how long the tokens in remote secrets are valid; empty if they never expire. */
    public Optional<TokenExpiration> boundTokens() {
        return Optional.ofNullable(tokenExpiration);
    }

    /**
     * The same mesh as the upgrade of an older one: its revision runs beside the older one until the end. It takes over the
     * tag default then, if the older one answers for namespaces without a revision.
     */
    public Mesh upgrading(Mesh older) {
        ProfileExtras taken = new ProfileExtras(
                extras.ingressGateway(),
                older.extras().defaultTag() || !older.revision().isNamed());
        return replacing(topology, taken, ReplacedRevision.of(older));
    }

    /** The same mesh as the upgrade of an older one in place: its control planes take the place of the older ones. */
    public Mesh upgradingInPlace(Mesh older) {
        return replacing(topology, extras, ReplacedRevision.of(older));
    }

    /** The same mesh when its upgrade has ended: this revision alone. */
    public Mesh settled() {
        return replacing(topology, extras, null);
    }

    /** Whether two revisions of it run beside each other. */
    @JsonIgnore
    public boolean isUpgrade() {
        return replaced().filter(older -> !isSame(older)).isPresent();
    }

    /** Whether its control planes take the place of older ones of the same revision. */
    @JsonIgnore
    public boolean isUpgradeInPlace() {
        return replaced().filter(this::isSame).isPresent();
    }

    private boolean isSame(ReplacedRevision older) {
        return older.revision().equals(revision);
    }

    /** The revision that an upgrade replaces; empty if it is none. */
    public Optional<ReplacedRevision> replaced() {
        return Optional.ofNullable(replaces);
    }

    /** The values for all clusters and for single ones, in the form that people see; empty if there are none. */
    public String valuesText() {
        return HelmValues.text(
                values,
                members.stream().collect(Collectors.toMap(m -> m.cluster().value(), Member::values)));
    }

    /** The namespace of the gateways. */
    public String namespaceOfGateways() {
        return gatewayNamespace.isEmpty() ? ISTIO_NAMESPACE : gatewayNamespace;
    }

    /** The members that Meshspan still works on. */
    public List<Member> staying() {
        return members.stream().filter(m -> !leftOut.contains(m.cluster())).toList();
    }

    /** In the order of the request. */
    public List<ClusterName> clusters() {
        return staying().stream().map(Member::cluster).toList();
    }

    public List<Member> primaries() {
        return staying().stream().filter(m -> m.role() == Role.PRIMARY).toList();
    }

    public List<ClusterName> primaryClusters() {
        return primaries().stream().map(Member::cluster).toList();
    }

    public Member member(ClusterName cluster) {
        return members.stream()
                .filter(m -> m.cluster().equals(cluster))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s is not in mesh %s".formatted(cluster, id)));
    }

    /** The name in Istio of the control plane that serves it. */
    public IstioClusterName controlPlaneName(Member member) {
        return member(member.controlPlane()).istioName();
    }

    public Set<NetworkName> networks() {
        return members.stream().map(Member::network).collect(Collectors.toUnmodifiableSet());
    }

    public List<Member> remotes() {
        return staying().stream().filter(m -> m.role() == Role.REMOTE).toList();
    }

    /** Whether pods of different clusters reach each other only through gateways. */
    public boolean multiNetwork() {
        return networks().size() > 1;
    }

    /** Whether this cluster's istiod serves other clusters; they reach it through its east-west gateway. */
    public boolean servesRemotes(Member member) {
        return members.stream()
                .filter(other -> other.role() == Role.REMOTE)
                .anyMatch(remote -> remote.controlPlane().equals(member.cluster()));
    }

    /** The clusters with an east-west gateway: all if they are on different networks, otherwise those that serve others. */
    public List<Member> gateways() {
        return staying().stream()
                .filter(m -> multiNetwork() || servesRemotes(m))
                .toList();
    }

    /** The clusters in which services are exposed; a remote's gateway gets its configuration from the primary. */
    public List<Member> exposingServices() {
        return multiNetwork() ? primaries() : List.of();
    }

    /** The clusters that expose their istiod to remotes. */
    public List<Member> exposingIstiod() {
        return primaries().stream().filter(this::servesRemotes).toList();
    }

    /** The control planes that watch this cluster's API server: every primary except the cluster itself. */
    public List<ClusterName> readersOf(ClusterName target) {
        return primaryClusters().stream()
                .filter(reader -> !reader.equals(target))
                .toList();
    }

    /** The control planes that watch the API server of one of these clusters. */
    public List<ClusterName> readersOf(Collection<ClusterName> targets) {
        return primaryClusters().stream()
                .filter(reader -> targets.stream().anyMatch(target -> !target.equals(reader)))
                .toList();
    }
}

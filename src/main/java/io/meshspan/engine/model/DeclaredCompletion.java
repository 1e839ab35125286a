package io.meshspan.engine.model;

import io.meshspan.declared.DeclaredMesh;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.DeclaredGateway;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.RequestField;
import io.meshspan.mesh.RequestedCluster;
import io.meshspan.mesh.RequestedClusters;
import io.meshspan.mesh.RequestedFields;
import io.meshspan.mesh.RequestedValues;
import io.meshspan.mesh.Role;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.mesh.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Completes one request from one declared mesh. */
final class DeclaredCompletion {

    private final DeclaredMesh declared;
    private final Mesh mesh;
    private final MeshRequest request;
    private final boolean gone;
    private final String where;
    private final List<Finding> findings;

    DeclaredCompletion(DeclaredMesh declared, MeshRequest request, boolean gone) {
        this.declared = declared;
        this.mesh = declared.mesh();
        this.request = request;
        this.gone = gone;
        this.where = "declared mesh %s, version %d".formatted(mesh.id(), declared.version());
        this.findings = new ArrayList<>(request.misread());
    }

    /** The declared mesh as a request, for a change that names it and says nothing else of it. */
    static MeshRequest unchanged(
            DeclaredMesh declared,
            Topology topology,
            RequestField named,
            Map<ClusterName, NetworkName> known,
            List<Finding> findings) {
        RequestField nothing = RequestField.nothing(Submitted.WHERE);
        MeshRequest nameOnly = new MeshRequest(
                topology,
                new RequestedFields(named, nothing, nothing, nothing, nothing, ProfileExtras.NONE),
                RequestedClusters.of(List.of(), Submitted.WHERE),
                known,
                findings);
        return new DeclaredCompletion(declared, nameOnly, false).request();
    }

    /** The topology stays what it was, if its rules allow the request. */
    static MeshRequest inTopology(Topology before, MeshRequest request) {
        MeshRequest same = request.of(before);
        return same.isValid(AcceptedReleases.AND_NEWER) ? same : request;
    }

    MeshRequest request() {
        RequestedFields said = request.fields();
        ImageSource images = mesh.images();
        RequestedFields fields = new RequestedFields(
                said.meshId(),
                field(
                        VariableNames.ISTIO_VERSION,
                        said.version(),
                        mesh.version().toString()),
                field(VariableNames.HUB, said.hub(), images.hub()),
                field(VariableNames.TAG, said.tag(), images.tag()),
                field(VariableNames.REVISION, said.revision(), mesh.revision().value()),
                extras(said.extras()),
                values("values", said.values(), mesh.values()),
                field("gateway.namespace", said.gatewayNamespace(), mesh.gatewayNamespace()),
                tokenExpiration(said.tokenExpiration()));
        return new MeshRequest(request.topology(), fields, clusters(), request.known(), findings);
    }

    private RequestField tokenExpiration(RequestField said) {
        String known = mesh.boundTokens().map(TokenExpiration::toString).orElse("");
        return TokenExpiration.isOf(mesh, said)
                ? RequestField.text(known, said.where())
                : field(VariableNames.TOKEN_EXPIRATION, said, known);
    }

    private RequestedValues values(String name, RequestedValues said, HelmValues known) {
        if (said.values().isEmpty()) {
            return new RequestedValues(known, where, Map.of());
        }
        if (!said.values().equals(known)) {
            contradiction(
                    RequestField.nothing(said.where()),
                    name,
                    known.isEmpty() ? "none" : known.text().strip(),
                    said.values().text().strip());
        }
        return said;
    }

    /** Neither can be said to be off: a box that is not ticked says nothing. */
    private ProfileExtras extras(ProfileExtras said) {
        return new ProfileExtras(
                said.ingressGateway() || mesh.extras().ingressGateway(),
                said.defaultTag() || mesh.extras().defaultTag());
    }

    private RequestField field(String name, RequestField said, @Nullable String known) {
        String text = Objects.requireNonNullElse(known, "");
        if (said.isAbsent()) {
            return RequestField.text(text, where);
        }
        if (said.readable() && !said.text().equals(text)) {
            contradiction(said, name, text.isEmpty() ? "none" : "'%s'".formatted(text), InputRules.quoted(said.text()));
        }
        return said;
    }

    private RequestedClusters clusters() {
        RequestedClusters said = request.clusters();
        if (!said.readable()) {
            return said;
        }
        if (said.all().isEmpty()) {
            return new RequestedClusters(members().stream().map(this::requested).toList(), where, true);
        }
        compare(said);
        return completed(said);
    }

    private List<Member> members() {
        return gone ? declared.mayBeIn() : mesh.members();
    }

    private void compare(RequestedClusters said) {
        Set<String> names = said.all().stream()
                .map(cluster -> cluster.name().text())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = members().stream()
                .map(member -> member.cluster().value())
                .filter(name -> names.contains(name) || !gone || isInInventory(name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!names.equals(known)) {
            contradiction(
                    RequestField.nothing(said.where()),
                    VariableNames.CLUSTERS,
                    InputRules.list(known),
                    InputRules.list(names));
        }
        if (said.rolesSaid()) {
            said.all().forEach(this::compareRole);
        }
    }

    private boolean isInInventory(String name) {
        Map<ClusterName, NetworkName> inventory = request.known();
        return inventory.containsKey(new ClusterName(name));
    }

    private void compareRole(RequestedCluster said) {
        member(said).ifPresent(known -> {
            String role = said.role().isAbsent() ? "primary" : said.role().text();
            boolean otherPlane = !said.controlPlane().isAbsent()
                    && !said.controlPlane().text().equals(known.controlPlane().value());
            if (!role.equals(role(known)) || otherPlane) {
                contradiction(
                        said.role(),
                        "role of " + InputRules.name(said.name().text()),
                        known.roleInWords(),
                        said.controlPlane().isAbsent()
                                ? role
                                : "%s of %s".formatted(role, said.controlPlane().text()));
            }
        });
    }

    private RequestedClusters completed(RequestedClusters said) {
        return new RequestedClusters(
                said.all().stream()
                        .map(cluster -> member(cluster)
                                .map(known -> completed(cluster, known, said.rolesSaid()))
                                .orElse(cluster))
                        .toList(),
                said.where(),
                true);
    }

    private RequestedCluster completed(RequestedCluster said, Member known, boolean rolesSaid) {
        RequestedCluster declaredOne = requested(known);
        String at = "clusters[%s].".formatted(known.cluster());
        return new RequestedCluster(
                said.name(),
                rolesSaid ? said.network() : declaredOne.network(),
                rolesSaid ? said.role() : declaredOne.role(),
                rolesSaid ? said.controlPlane() : declaredOne.controlPlane(),
                values(at + "values", said.values(), known.values()),
                field(
                        at + "gateway.address",
                        said.gatewayAddress(),
                        declaredOne.gatewayAddress().text()),
                field(
                        at + "gateway.port",
                        said.gatewayPort(),
                        declaredOne.gatewayPort().text()));
    }

    private Optional<Member> member(RequestedCluster said) {
        return members().stream()
                .filter(member -> member.cluster().value().equals(said.name().text()))
                .findFirst();
    }

    private RequestedCluster requested(Member member) {
        RequestField nothing = RequestField.nothing(where);
        return new RequestedCluster(
                RequestField.text(member.cluster().value(), where),
                RequestField.text(member.network().value(), where),
                RequestField.text(role(member), where),
                member.role() == Role.PRIMARY
                        ? nothing
                        : RequestField.text(member.controlPlane().value(), where),
                new RequestedValues(member.values(), where, Map.of()),
                member.declaredGateway()
                        .map(gateway -> RequestField.text(gateway.address(), where))
                        .orElse(nothing),
                member.declaredGateway()
                        .flatMap(DeclaredGateway::ownPort)
                        .map(port -> RequestField.text(String.valueOf(port), where))
                        .orElse(nothing));
    }

    private static String role(Member member) {
        return member.role().name().toLowerCase(Locale.ROOT);
    }

    /** If the declared mesh is uncertain, the request may be right. */
    private void contradiction(RequestField at, String what, String expected, String found) {
        if (declared.isCertain()) {
            findings.add(Finding.blocking(
                    at.where(),
                    what,
                    "%s, as declared of mesh %s (version %d, %s)"
                            .formatted(
                                    expected,
                                    mesh.id(),
                                    declared.version(),
                                    declared.state().inWords()),
                    found,
                    "Leave it out to use the declared value. If the declaration is wrong, change the mesh by an "
                            + "installation, or take it over from the clusters."));
        }
    }
}

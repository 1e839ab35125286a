package io.meshspan.engine.model;

import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
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
import io.meshspan.mesh.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Starts a change to a mesh that is there from what is declared of it: what a request leaves out is taken from there, and what
 * contradicts it is a finding. A mesh that is not declared has to be described in full, as ever.
 */
@Component
public final class DeclaredStart {

    /** The field that names a declared mesh and nothing else; the variable of that name is then the mesh itself. */
    static final String FIELD = MeshVariable.NAME;

    private final DeclaredMeshes meshes;

    DeclaredStart(DeclaredMeshes meshes) {
        this.meshes = meshes;
    }

    /**
     * The request, complete.
     *
     * @param named the field {@link #FIELD}
     * @param gone whether clusters that the inventory lacks by now may be missing
     * @throws StepFailed INPUT_REJECTED at once if it names a mesh that is not declared, or none at all
     */
    MeshRequest complete(MeshRequest request, RequestField named, boolean gone) {
        if (!named.readable()) {
            throw new StepFailed(FailureCode.INPUT_REJECTED, request.misread());
        }
        requireSomething(request, named);
        MeshRequest asked = named.isAbsent() ? request : withId(request, named);
        Optional<DeclaredMesh> declared = declared(asked.fields().meshId());
        if (!named.isAbsent() && declared.isEmpty()) {
            throw refused(
                    request,
                    Finding.blocking(
                            named.where(),
                            FIELD,
                            known(),
                            InputRules.quoted(named.text()),
                            "Name a declared mesh; describe one that is not by its fields or a mesh file."));
        }
        return declared.map(known -> new Completion(known, asked, gone).request())
                .orElse(asked);
    }

    private void requireSomething(MeshRequest request, RequestField named) {
        RequestedFields said = request.fields();
        boolean nothing = named.isAbsent()
                && Stream.of(said.meshId(), said.version(), said.hub(), said.tag(), said.revision())
                        .allMatch(RequestField::isAbsent)
                && request.clusters().readable()
                && request.clusters().all().isEmpty();
        if (nothing) {
            throw refused(
                    request,
                    Finding.blocking(
                            Submitted.WHERE,
                            FIELD,
                            "%s; or a mesh file; or the fields meshId, istioVersion and clusters, of the clusters %s"
                                    .formatted(
                                            known(),
                                            InputRules.list(request.known().keySet().stream()
                                                    .sorted()
                                                    .toList())),
                            "neither a mesh nor clusters",
                            "Say which mesh is meant."));
        }
    }

    private static StepFailed refused(MeshRequest request, Finding finding) {
        List<Finding> all = new ArrayList<>(List.of(finding));
        all.addAll(request.misread());
        return new StepFailed(FailureCode.INPUT_REJECTED, all);
    }

    private String known() {
        List<String> names = meshes.names();
        return names.isEmpty()
                ? "a declared mesh, of which there is none yet"
                : "one of the declared meshes " + InputRules.list(names);
    }

    private Optional<DeclaredMesh> declared(RequestField id) {
        return id.isAbsent() || !id.readable()
                ? Optional.empty()
                : meshes.find(id.text()).filter(DeclaredMesh::isThere);
    }

    private static MeshRequest withId(MeshRequest request, RequestField named) {
        RequestedFields said = request.fields();
        List<Finding> findings = new ArrayList<>(request.misread());
        if (!said.meshId().isAbsent() && !said.meshId().text().equals(named.text())) {
            findings.add(Finding.blocking(
                    said.meshId().where(),
                    VariableNames.MESH_ID,
                    "%s, as the field %s says".formatted(InputRules.quoted(named.text()), FIELD),
                    InputRules.quoted(said.meshId().text()),
                    "Leave one of them out."));
        }
        RequestedFields fields =
                new RequestedFields(named, said.version(), said.hub(), said.tag(), said.revision(), said.extras());
        return new MeshRequest(request.topology(), fields, request.clusters(), request.known(), findings);
    }

    /** One request, against one declared mesh. */
    private static final class Completion {

        private final DeclaredMesh declared;
        private final Mesh mesh;
        private final MeshRequest request;
        private final boolean gone;
        private final String where;
        private final List<Finding> findings;

        Completion(DeclaredMesh declared, MeshRequest request, boolean gone) {
            this.declared = declared;
            this.mesh = declared.mesh();
            this.request = request;
            this.gone = gone;
            this.where = "declared mesh %s, version %d".formatted(mesh.id(), declared.version());
            this.findings = new ArrayList<>(request.misread());
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
                    field(
                            VariableNames.REVISION,
                            said.revision(),
                            mesh.revision().value()),
                    extras(said.extras()));
            return new MeshRequest(request.topology(), fields, clusters(), request.known(), findings);
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
                contradiction(
                        said, name, text.isEmpty() ? "none" : "'%s'".formatted(text), InputRules.quoted(said.text()));
            }
            return said;
        }

        private RequestedClusters clusters() {
            RequestedClusters said = request.clusters();
            if (!said.readable()) {
                return said;
            }
            if (said.all().isEmpty()) {
                return new RequestedClusters(
                        members().stream().map(this::requested).toList(), where, true);
            }
            compare(said);
            return said.rolesSaid() ? said : withRoles(said);
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
                        && !said.controlPlane()
                                .text()
                                .equals(known.controlPlane().value());
                if (!role.equals(role(known)) || otherPlane) {
                    contradiction(
                            said.role(),
                            "role of " + InputRules.name(said.name().text()),
                            inWords(known),
                            said.controlPlane().isAbsent()
                                    ? role
                                    : "%s of %s"
                                            .formatted(role, said.controlPlane().text()));
                }
            });
        }

        private RequestedClusters withRoles(RequestedClusters said) {
            return new RequestedClusters(
                    said.all().stream()
                            .map(cluster -> member(cluster).map(this::requested).orElse(cluster))
                            .toList(),
                    said.where(),
                    true);
        }

        private Optional<Member> member(RequestedCluster said) {
            return members().stream()
                    .filter(member ->
                            member.cluster().value().equals(said.name().text()))
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
                            : RequestField.text(member.controlPlane().value(), where));
        }

        private static String role(Member member) {
            return member.role().name().toLowerCase(Locale.ROOT);
        }

        private static String inWords(Member member) {
            return member.role() == Role.PRIMARY ? "primary" : "remote of " + member.controlPlane();
        }

        /** Of a mesh that is uncertain, what somebody says may be the truth. */
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
                        "Leave it out to take what is declared. If the declaration is wrong, change the mesh by an"
                                + " installation, or take it over from the clusters."));
            }
        }
    }
}

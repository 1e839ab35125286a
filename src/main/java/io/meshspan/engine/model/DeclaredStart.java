package io.meshspan.engine.model;

import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.RequestField;
import io.meshspan.mesh.RequestedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Starts a change of an existing mesh from its declaration. What the request leaves out comes from the declaration; a
 * contradiction is a finding. A mesh that is not declared must be described in full.
 */
@Component
public final class DeclaredStart {

    /** The field that names a declared mesh; the variable of the same name then holds the mesh itself. */
    static final String FIELD = MeshVariable.NAME;

    private final DeclaredMeshes meshes;

    DeclaredStart(DeclaredMeshes meshes) {
        this.meshes = meshes;
    }

    /**
     * Completes the request.
     *
     * @param named the value of the field {@link #FIELD}
     * @param gone whether clusters may be missing from the inventory
     * @throws StepFailed INPUT_REJECTED at once if it names no mesh, or one that is not declared
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
        return declared.map(known -> new DeclaredCompletion(known, asked, gone).request())
                .orElse(asked);
    }

    /**
     * The declared mesh that a field names.
     *
     * @throws StepFailed INPUT_REJECTED with the other findings, too, if there is none
     */
    DeclaredMesh named(RequestField named, List<Finding> others) {
        return declared(named).orElseThrow(() -> {
            List<Finding> all = new ArrayList<>(others);
            if (named.readable()) {
                all.add(Finding.blocking(
                        named.where(),
                        FIELD,
                        known(),
                        named.isAbsent() ? "nothing" : InputRules.quoted(named.text()),
                        "Name a declared mesh. The page of meshes can take over a mesh that others made."));
            }
            return new StepFailed(FailureCode.INPUT_REJECTED, all);
        });
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
                ? "a declared mesh; there is none yet"
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
        RequestedFields fields = new RequestedFields(
                named,
                said.version(),
                said.hub(),
                said.tag(),
                said.revision(),
                said.extras(),
                said.values(),
                said.gatewayNamespace(),
                said.tokenExpiration());
        return new MeshRequest(request.topology(), fields, request.clusters(), request.known(), findings);
    }
}

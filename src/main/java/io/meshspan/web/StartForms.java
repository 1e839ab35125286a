package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.approval.ChangeGates;
import io.meshspan.approval.Person;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.inventory.LeftOutCluster;
import io.meshspan.manifest.OfferedReleases;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The start forms of {@code forms/}, filled with the clusters and versions of this installation. Camunda fills options from
 * variables, and a process that has not started has none. The form offers an urgent change only to people who may ask for
 * one.
 */
@Component
class StartForms {

    private static final int MOST_LEFT_OUT = 20;

    private final ObjectMapper json;
    private final Inventory inventory;
    private final OfferedReleases offered;
    private final ChangeGates gates;
    private final DeclaredMeshes meshes;

    StartForms(
            ObjectMapper json, Inventory inventory, OfferedReleases offered, ChangeGates gates, DeclaredMeshes meshes) {
        this.json = json;
        this.inventory = inventory;
        this.offered = offered;
        this.gates = gates;
        this.meshes = meshes;
    }

    /**
     * @param form the file's name in {@code forms/}
     * @param requester the person who will see the form
     */
    JsonNode filledIn(String form, Person requester) throws IOException {
        try (var file = new ClassPathResource("forms/" + form).getInputStream()) {
            JsonNode schema = json.readTree(file);
            if (!gates.mayBeUrgent(requester)) {
                withoutUrgent(schema.withArray("components"));
            }
            declared(schema.withArray("components"));
            leftOut(schema.withArray("components"));
            schema.path("components").forEach(this::fillIn);
            return schema;
        }
    }

    /** Offers the declared meshes, and shows the declaration of the chosen one. */
    private void declared(ArrayNode components) {
        int place = 0;
        while (place < components.size()
                && !components.path(place).path("key").asText().equals("mesh")) {
            place++;
        }
        if (place == components.size()) {
            return;
        }
        List<DeclaredMesh> there =
                meshes.all().stream().filter(DeclaredMesh::isThere).toList();
        if (there.isEmpty()) {
            components.remove(place);
            return;
        }
        ((ObjectNode) components.path(place))
                .set(
                        "values",
                        json.valueToTree(there.stream()
                                .map(declared -> declared.mesh().id().value())
                                .map(id -> new FormOption(id, id))
                                .toList()));
        for (DeclaredMesh declared : there) {
            place++;
            components.insert(place, shown(declared));
        }
    }

    /** Says below the choice of clusters which ones are not among them, and why. */
    private void leftOut(ArrayNode components) {
        List<String> left = inventory.leftOut().stream()
                .limit(MOST_LEFT_OUT)
                .map(LeftOutCluster::toString)
                .toList();
        for (int place = 0; place < components.size() && !left.isEmpty(); place++) {
            if (Set.of("clusters", "join")
                    .contains(components.path(place).path("key").asText())) {
                components
                        .insertObject(place + 1)
                        .put("id", "Text_LeftOut")
                        .put("type", "text")
                        .put("text", "Not in the inventory: " + String.join("; ", left) + ".");
                return;
            }
        }
    }

    private ObjectNode shown(DeclaredMesh declared) {
        Mesh mesh = declared.mesh();
        ObjectNode text = json.createObjectNode();
        text.put("id", "Text_Declared_" + mesh.id());
        text.put("type", "text");
        text.put(
                "text",
                "As declared in version %d (%s): Istio %s, revision %s; %s. %s"
                        .formatted(
                                declared.version(),
                                declared.state().inWords(),
                                mesh.version(),
                                mesh.revision().isNamed() ? mesh.revision().value() : "none",
                                declared.mayBeIn().stream().map(Member::inWords).collect(Collectors.joining("; ")),
                                declared.note()));
        text.putObject("conditional").put("hide", "=mesh != \"%s\"".formatted(mesh.id()));
        return text;
    }

    private static void withoutUrgent(ArrayNode components) {
        Iterator<JsonNode> fields = components.iterator();
        while (fields.hasNext()) {
            if (fields.next().path("key").asText().equals("urgent")) {
                fields.remove();
            }
        }
    }

    private void fillIn(JsonNode component) {
        ObjectNode field = (ObjectNode) component;
        switch (field.path("key").asText()) {
            case "clusters" -> {
                List<FormOption> clusters = clusters();
                field.set("values", json.valueToTree(clusters));
                // Two clusters are the smallest mesh, so there is nothing to choose.
                List<FormOption> preselected = clusters.size() == 2 ? clusters : List.of();
                field.set(
                        "defaultValue",
                        json.valueToTree(
                                preselected.stream().map(FormOption::value).toList()));
            }
            case "primary", "controlPlane" -> field.set("values", json.valueToTree(clusters()));
            case "takeOut", "join" -> field.set("values", json.valueToTree(clustersAndMeshes()));
            case "istioVersion" -> {
                field.set(
                        "values",
                        json.valueToTree(offered.newestFirst().stream()
                                .map(IstioVersion::toString)
                                .map(v -> new FormOption(v, v))
                                .toList()));
                field.put("defaultValue", offered.newestFirst().get(0).toString());
                offered.fallback()
                        .ifPresent(why -> field.put(
                                "description",
                                field.path("description").asText()
                                        + " These were new when Meshspan was released; there may be newer ones, because %s. Set"
                                                .formatted(why)
                                        + " meshspan.istio.versions to offer others."));
            }
            default -> {}
        }
    }

    private List<FormOption> clusters() {
        return inventory.clusters().stream().map(StartForms::option).toList();
    }

    /** Each says which declared meshes it is in. */
    private List<FormOption> clustersAndMeshes() {
        List<Mesh> declared = meshes.names().stream()
                .flatMap(name -> meshes.find(name).filter(DeclaredMesh::isThere).stream())
                .map(DeclaredMesh::mesh)
                .toList();
        return inventory.clusters().stream()
                .map(cluster -> {
                    FormOption option = option(cluster);
                    String in = declared.stream()
                            .filter(mesh -> mesh.clusters().contains(cluster.name()))
                            .map(mesh -> mesh.id().value())
                            .collect(Collectors.joining(", "));
                    return in.isEmpty() ? option : new FormOption(option.label() + ", in " + in, option.value());
                })
                .toList();
    }

    private static FormOption option(KnownCluster cluster) {
        return new FormOption(
                cluster.givenName()
                        .map(given -> "%s (%s), given as %s".formatted(cluster.name(), cluster.network(), given))
                        .orElseGet(() -> "%s (%s)".formatted(cluster.name(), cluster.network())),
                cluster.name().value());
    }

    /** One choice in a form: its label, and the submitted value. */
    record FormOption(String label, String value) {}
}

package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.approval.ChangeGates;
import io.meshspan.approval.Person;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The start forms of {@code forms/}, with the clusters and versions of this installation filled in: Camunda fills in
 * options from variables, and a process that has not started has none. Only who may ask for an urgent change is offered
 * one.
 */
@Component
class StartForms {

    private final ObjectMapper json;
    private final Inventory inventory;
    private final OfferedVersions offered;
    private final ChangeGates gates;

    StartForms(ObjectMapper json, Inventory inventory, OfferedVersions offered, ChangeGates gates) {
        this.json = json;
        this.inventory = inventory;
        this.offered = offered;
        this.gates = gates;
    }

    /**
     * @param form the file's name in {@code forms/}
     * @param requester for whom it is
     */
    JsonNode filledIn(String form, Person requester) throws IOException {
        try (var file = new ClassPathResource("forms/" + form).getInputStream()) {
            JsonNode schema = json.readTree(file);
            if (!gates.mayBeUrgent(requester)) {
                withoutUrgent(schema.withArray("components"));
            }
            schema.path("components").forEach(this::fillIn);
            return schema;
        }
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
                // Two clusters are the smallest mesh: then there is nothing to choose.
                List<FormOption> preselected = clusters.size() == 2 ? clusters : List.of();
                field.set(
                        "defaultValue",
                        json.valueToTree(
                                preselected.stream().map(FormOption::value).toList()));
            }
            case "primary", "takeOut" -> field.set("values", json.valueToTree(clusters()));
            case "istioVersion" -> {
                field.set(
                        "values",
                        json.valueToTree(offered.versions().stream()
                                .map(v -> new FormOption(v, v))
                                .toList()));
                field.put("defaultValue", offered.versions().get(0));
            }
            default -> {}
        }
    }

    private List<FormOption> clusters() {
        return inventory.clusters().stream().map(StartForms::option).toList();
    }

    private static FormOption option(KnownCluster cluster) {
        return new FormOption(
                "%s (%s)".formatted(cluster.name(), cluster.network()),
                cluster.name().value());
    }

    /** One choice in a form: what is shown, and what is submitted. */
    private record FormOption(String label, String value) {}
}

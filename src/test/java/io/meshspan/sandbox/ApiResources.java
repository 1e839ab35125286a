package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an API server tells about itself: its version, its groups, and the kinds of each. */
final class ApiResources {

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private final Catalog catalog;
    private final SandboxCluster levers;

    ApiResources(Catalog catalog, SandboxCluster levers) {
        this.catalog = catalog;
        this.levers = levers;
    }

    /** @return empty if the path is not one of discovery */
    Optional<JsonNode> answer(List<String> path) {
        String joined = String.join("/", path);
        if (joined.equals("version")) {
            return Optional.of(version());
        }
        if (List.of("healthz", "livez", "readyz").contains(joined)) {
            return Optional.of(Json.object().put("status", "ok"));
        }
        if (joined.isEmpty() || joined.equals("api")) {
            ObjectNode versions = Json.object().put("kind", "APIVersions");
            versions.putArray("versions").add("v1");
            return Optional.of(versions);
        }
        if (joined.equals("apis")) {
            return Optional.of(groups());
        }
        if (path.get(0).equals("apis") && path.size() == 2) {
            return Optional.of(group(path.get(1)));
        }
        boolean core = path.get(0).equals("api") && path.size() == 2;
        boolean named = path.get(0).equals("apis") && path.size() == 3;
        return core || named
                ? Optional.of(resources(core ? "" : path.get(1), path.get(path.size() - 1)))
                : Optional.empty();
    }

    private ObjectNode version() {
        String[] parts = levers.kubernetes().split("\\.", 3);
        return Json.object()
                .put("major", parts[0].substring(1))
                .put("minor", parts[1])
                .put("gitVersion", levers.kubernetes())
                .put("platform", "linux/amd64");
    }

    private ObjectNode groups() {
        Map<String, Set<String>> versions = new LinkedHashMap<>();
        catalog.all().stream()
                .filter(resource -> !resource.group().isEmpty())
                .forEach(resource -> versions.computeIfAbsent(resource.group(), group -> new LinkedHashSet<>())
                        .add(resource.version()));
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        versions.forEach((name, served) -> {
            ObjectNode group = groups.addObject().put("name", name);
            served.forEach(version -> group.withArray("/versions").add(groupVersion(name, version)));
            group.set("preferredVersion", group.path("versions").path(0));
        });
        return list;
    }

    private JsonNode group(String name) {
        for (JsonNode group : groups().path("groups")) {
            if (group.path("name").asText().equals(name)) {
                return ((ObjectNode) group).put("kind", "APIGroup").put("apiVersion", "v1");
            }
        }
        throw StatusBody.noSuchResource();
    }

    private static ObjectNode groupVersion(String group, String version) {
        return Json.object().put("groupVersion", group + "/" + version).put("version", version);
    }

    private ObjectNode resources(String group, String version) {
        ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        catalog.all().stream()
                .filter(resource ->
                        resource.group().equals(group) && resource.version().equals(version))
                .forEach(resource -> resources.add(described(resource)));
        if (resources.isEmpty()) {
            throw StatusBody.noSuchResource();
        }
        return list;
    }

    private static ObjectNode described(Resource resource) {
        ObjectNode described = Json.object()
                .put("name", resource.plural())
                .put("singularName", resource.kind().toLowerCase(Locale.ROOT))
                .put("namespaced", resource.namespaced())
                .put("kind", resource.kind());
        ArrayNode verbs = described.putArray("verbs");
        VERBS.forEach(verbs::add);
        return described;
    }
}

package io.meshspan.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.kubernetes.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@code deploy/rights/meshspan.yaml} grants: its ClusterRole everywhere, its Roles in their namespaces. */
final class GrantedRights {

    static final Path FILE = Path.of("deploy", "rights", "meshspan.yaml");

    private static final String KUBE_SYSTEM = "kube-system";
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Set<String> granted = new TreeSet<>();

    private GrantedRights() {}

    static GrantedRights read() throws IOException {
        GrantedRights rights = new GrantedRights();
        for (JsonNode object : objects(FILE)) {
            String where = object.at("/metadata/namespace").asText();
            if (object.path("kind").asText().equals("ClusterRole")
                    || object.path("kind").asText().equals("Role")) {
                object.path("rules").forEach(rule -> rights.add(rule, where));
            }
        }
        return rights;
    }

    static List<JsonNode> objects(Path file) throws IOException {
        try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            return all.readAll();
        }
    }

    /** A right as a line of text; in which namespace is said of kube-system alone, where Meshspan has rights of its own. */
    static String line(Access access) {
        return new Access(
                        access.verb(),
                        access.group(),
                        access.resource(),
                        access.namespace().equals(KUBE_SYSTEM) ? KUBE_SYSTEM : "")
                .toString();
    }

    boolean allows(Access access) {
        return granted.contains(line(access))
                || granted.contains(new Access(access.verb(), access.group(), access.resource(), "").toString());
    }

    /** As {@link #line}: each verb of each resource. */
    Set<String> lines() {
        return granted;
    }

    private void add(JsonNode rule, String where) {
        for (String group : texts(rule.path("apiGroups"))) {
            for (String resource : texts(rule.path("resources"))) {
                for (String verb : texts(rule.path("verbs"))) {
                    granted.add(line(new Access(verb, group, resource, where)));
                }
            }
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }
}

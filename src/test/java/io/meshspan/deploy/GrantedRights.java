package io.meshspan.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.kubernetes.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rules of a ClusterRole and of a Role of one name in {@code deploy/rights/meshspan.yaml}. */
public final class GrantedRights {

    static final Path FILE = Path.of("deploy", "rights", "meshspan.yaml");

    private static final Path RECORDS = Path.of("src", "test", "resources", "rights");
    private static final String KUBE_SYSTEM = "kube-system";
    private static final String ALL = "*";

    private final Set<Access> granted = new LinkedHashSet<>();

    private GrantedRights() {}

    /** What Meshspan calls. */
    public static GrantedRights read() throws IOException {
        return read(Set.of("meshspan"));
    }

    static GrantedRights read(Set<String> roles) throws IOException {
        GrantedRights rights = new GrantedRights();
        for (JsonNode object : HelmChartTest.objects(Files.readString(FILE))) {
            if (object.path("kind").asText().endsWith("Role")
                    && roles.contains(object.at("/metadata/name").asText())) {
                rights.granted.addAll(rights(
                        object.path("rules"), object.at("/metadata/namespace").asText()));
            }
        }
        return rights;
    }

    static List<Access> rights(JsonNode rules, String where) {
        List<Access> rights = new ArrayList<>();
        rules.forEach(rule -> {
            for (JsonNode group : rule.path("apiGroups")) {
                for (JsonNode resource : rule.path("resources")) {
                    rule.path("verbs")
                            .forEach(verb ->
                                    rights.add(new Access(verb.asText(), group.asText(), resource.asText(), where)));
                }
            }
        });
        return rights;
    }

    /** What processes used on stand-in clusters, and by the audit logs of real API servers; each as {@link #line} has it. */
    public static Set<String> used() throws IOException {
        Set<String> used = new LinkedHashSet<>();
        for (String record : List.of("used.txt", "audited.txt")) {
            used.addAll(Files.readAllLines(RECORDS.resolve(record)));
        }
        return used;
    }

    /** A right as a line of text; in which namespace is said of kube-system alone, where Meshspan has rights of its own. */
    public static String line(Access access) {
        String where = access.namespace().equals(KUBE_SYSTEM) ? KUBE_SYSTEM : "";
        return new Access(access.verb(), access.group(), access.resource(), where).toString();
    }

    public boolean allows(Access access) {
        return granted.stream().anyMatch(right -> covers(right, access));
    }

    Set<Access> all() {
        return granted;
    }

    private static boolean covers(Access right, Access access) {
        return (right.verb().equals(access.verb()) || right.verb().equals(ALL))
                && (right.group().equals(access.group()) || right.group().equals(ALL))
                && (right.resource().equals(access.resource())
                        || right.resource().equals(ALL))
                && (right.namespace().isEmpty() || right.namespace().equals(access.namespace()));
    }
}

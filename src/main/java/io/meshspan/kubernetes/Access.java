package io.meshspan.kubernetes;

import io.meshspan.finding.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A permission on an API server, in RBAC terms.
 *
 * @param group empty for the core group
 * @param resource plural, with its subresource if there is one: {@code pods/exec}
 * @param namespace empty for cluster-scoped resources and for all namespaces
 * @param name of the only object that is meant; empty for all
 */
public record Access(String verb, String group, String resource, String namespace, String name) {

    static final Access EVERYTHING = new Access("*", "*", "*", "");

    public Access(String verb, String group, String resource, String namespace) {
        this(verb, group, resource, namespace, "");
    }

    /** The permission without the verb: {@code secrets in istio-system}. */
    public String where() {
        String kind = group.isEmpty() ? resource : resource + "." + group;
        String what = name.isEmpty() ? kind : kind + " of " + name;
        return namespace.isEmpty() ? what : what + " in " + namespace;
    }

    @Override
    public String toString() {
        return verb + " " + where();
    }

    /** A blocking finding that names the permissions that Meshspan lacks in a cluster; empty if it has all. */
    public static List<Finding> missing(Cluster cluster, List<Access> needed) {
        List<Access> denied = cluster.denied(needed);
        return denied.isEmpty()
                ? List.of()
                : List.of(
                        Finding.blocking(
                                cluster.name().value(),
                                "rights of this service",
                                "the rights to " + inWords(denied),
                                "no such rights",
                                "Grant them to the user of this cluster's context (deploy/rights/meshspan.yaml), then try again."));
    }

    /** Groups the verbs of each kind, because there can be many. */
    private static String inWords(List<Access> denied) {
        Map<String, List<String>> verbs = new LinkedHashMap<>();
        denied.forEach(access -> verbs.computeIfAbsent(access.where(), first -> new ArrayList<>())
                .add(access.verb()));
        return verbs.entrySet().stream()
                .map(entry -> String.join("/", entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}

package io.meshspan.kubernetes;

/**
 * Something that the API server may allow or not, in the words of RBAC.
 *
 * @param group empty for the core group
 * @param resource plural, with its subresource if there is one: {@code pods/exec}
 * @param namespace empty for cluster-scoped resources and for all namespaces
 */
public record Access(String verb, String group, String resource, String namespace) {

    static final Access EVERYTHING = new Access("*", "*", "*", "");

    @Override
    public String toString() {
        String what = group.isEmpty() ? resource : resource + "." + group;
        return namespace.isEmpty() ? verb + " " + what : "%s %s in %s".formatted(verb, what, namespace);
    }
}

package io.meshspan.kubernetes;

/**
 * A permission on an API server, in RBAC terms.
 *
 * @param group empty for the core group
 * @param resource plural, with its subresource if there is one: {@code pods/exec}
 * @param namespace empty for cluster-scoped resources and for all namespaces
 */
public record Access(String verb, String group, String resource, String namespace) {

    static final Access EVERYTHING = new Access("*", "*", "*", "");

    /** The permission without the verb: {@code secrets in istio-system}. */
    public String where() {
        String what = group.isEmpty() ? resource : resource + "." + group;
        return namespace.isEmpty() ? what : what + " in " + namespace;
    }

    @Override
    public String toString() {
        return verb + " " + where();
    }
}

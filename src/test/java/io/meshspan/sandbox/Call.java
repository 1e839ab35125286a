package io.meshspan.sandbox;

/**
 * What a client asks of an API server, in the words of RBAC.
 *
 * @param resource plural, with its subresource if there is one: {@code services}, {@code pods/exec}
 * @param namespace empty for cluster-scoped objects and for lists over all namespaces
 * @param name empty for collections
 */
public record Call(String verb, String resource, String namespace, String name) {

    boolean writes() {
        return !verb.equals("get") && !verb.equals("list") && !verb.equals("watch");
    }
}

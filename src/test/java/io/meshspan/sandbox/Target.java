package io.meshspan.sandbox;

import java.util.List;

/**
 * What the path of a request points to.
 *
 * @param namespace empty for cluster-scoped objects and for all namespaces
 * @param name empty for a collection
 * @param subresource empty for the object itself
 */
record Target(Resource resource, String namespace, String name, String subresource) {

    private static final List<String> OF_A_NAMESPACE_ITSELF = List.of("status", "finalize");

    /** @throws StatusBody if no API serves the path */
    static Target of(List<String> path, Catalog catalog) {
        boolean core = path.get(0).equals("api");
        int at = core ? 2 : 3;
        if (path.size() <= at) {
            throw StatusBody.noSuchResource();
        }
        String group = core ? "" : path.get(1);
        String version = path.get(at - 1);
        String namespace = "";
        if (path.get(at).equals("namespaces")
                && path.size() > at + 2
                && !OF_A_NAMESPACE_ITSELF.contains(path.get(at + 2))) {
            namespace = path.get(at + 1);
            at += 2;
        }
        Resource resource = catalog.find(group, version, path.get(at)).orElseThrow(StatusBody::noSuchResource);
        return new Target(resource, namespace, segment(path, at + 1), segment(path, at + 2));
    }

    private static String segment(List<String> path, int at) {
        return path.size() > at ? path.get(at) : "";
    }

    Key key() {
        return resource.key(namespace, name);
    }

    String described() {
        return resource.qualified() + " \"" + name + "\"";
    }

    Call call(ApiRequest request) {
        return new Call(
                verb(request),
                subresource.isEmpty() ? resource.plural() : resource.plural() + "/" + subresource,
                namespace,
                name);
    }

    private String verb(ApiRequest request) {
        return switch (request.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> streams() ? "create" : request.watches() ? "watch" : name.isEmpty() ? "list" : "get";
        };
    }

    /** Since Kubernetes 1.35, a WebSocket to a pod needs the right to create, as a POST always did. */
    boolean streams() {
        return subresource.equals("exec") || subresource.equals("portforward") || subresource.equals("attach");
    }
}

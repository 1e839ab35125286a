package io.meshspan.sandbox;

/**
 * One kind as an API serves it.
 *
 * @param group empty for the core group
 */
record Resource(String group, String version, String plural, String kind, boolean namespaced) {

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** How messages of an API server name it: {@code deployments.apps}. */
    String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    boolean is(String wantedGroup, String wantedPlural) {
        return group.equals(wantedGroup) && plural.equals(wantedPlural);
    }

    Key key(String namespace, String name) {
        return new Key(group, plural, namespaced ? namespace : "", name);
    }
}

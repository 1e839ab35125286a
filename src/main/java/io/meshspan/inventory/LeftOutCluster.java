package io.meshspan.inventory;

/**
 * A cluster that some source names and that is not in the inventory.
 *
 * @param name its name there
 * @param where the kubeconfig or the object
 * @param why for people, without a full stop
 */
public record LeftOutCluster(String name, String where, String why) {

    @Override
    public String toString() {
        return "%s in %s: %s".formatted(name, where, why);
    }
}

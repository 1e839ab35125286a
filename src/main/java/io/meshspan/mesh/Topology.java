package io.meshspan.mesh;

/** The four multicluster topologies of Istio's guide. */
public enum Topology {
    MULTI_PRIMARY(false),
    MULTI_PRIMARY_MULTI_NETWORK(true),
    PRIMARY_REMOTE(false),
    PRIMARY_REMOTE_MULTI_NETWORK(true);

    private final boolean multiNetwork;

    Topology(boolean multiNetwork) {
        this.multiNetwork = multiNetwork;
    }

    public boolean multiNetwork() {
        return multiNetwork;
    }
}

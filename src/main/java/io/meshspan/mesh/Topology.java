package io.meshspan.mesh;

/** The four multicluster topologies of Istio's guide. */
public enum Topology {
    MULTI_PRIMARY(false, false),
    MULTI_PRIMARY_MULTI_NETWORK(true, false),
    PRIMARY_REMOTE(false, true),
    PRIMARY_REMOTE_MULTI_NETWORK(true, true);

    private final boolean multiNetwork;
    private final boolean remotes;

    Topology(boolean multiNetwork, boolean remotes) {
        this.multiNetwork = multiNetwork;
        this.remotes = remotes;
    }

    /** Whether one cluster is the primary and the others use its control plane. */
    public boolean remotes() {
        return remotes;
    }

    public boolean multiNetwork() {
        return multiNetwork;
    }
}

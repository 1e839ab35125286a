package io.meshspan.mesh;

/** The four multicluster topologies of Istio's guide, and the mixture of them that the guide leaves to its reader. */
public enum Topology {
    MULTI_PRIMARY(Networks.ONE, Primaries.ALL),
    MULTI_PRIMARY_MULTI_NETWORK(Networks.SEVERAL, Primaries.ALL),
    PRIMARY_REMOTE(Networks.ONE, Primaries.ONE),
    PRIMARY_REMOTE_MULTI_NETWORK(Networks.SEVERAL, Primaries.ONE),

    /** Any number of control planes, each with any number of remotes, on any number of networks. */
    MIXED(Networks.ANY, Primaries.ANY),

    /** What there is of a mesh, to be taken away: one cluster is enough. */
    AS_IT_IS(Networks.ANY, Primaries.ANY);

    private final Networks networks;
    private final Primaries primaries;

    Topology(Networks networks, Primaries primaries) {
        this.networks = networks;
        this.primaries = primaries;
    }

    Networks networks() {
        return networks;
    }

    Primaries primaries() {
        return primaries;
    }

    /** On how many networks the clusters are. */
    enum Networks {
        ONE,
        SEVERAL,
        ANY
    }

    /** How many clusters have a control plane of their own. */
    enum Primaries {
        ALL,
        ONE,
        ANY
    }
}

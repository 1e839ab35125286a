package io.meshspan.mesh;

/** The four multicluster topologies of Istio's guide, and a mixture of them that the guide does not describe. */
public enum Topology {
    MULTI_PRIMARY(Networks.ONE, Primaries.ALL),
    MULTI_PRIMARY_MULTI_NETWORK(Networks.SEVERAL, Primaries.ALL),
    PRIMARY_REMOTE(Networks.ONE, Primaries.ONE),
    PRIMARY_REMOTE_MULTI_NETWORK(Networks.SEVERAL, Primaries.ONE),

    /** Any number of control planes, each with any number of remotes, on any number of networks. */
    MIXED(Networks.ANY, Primaries.ANY),

    /** The remains of a mesh of any topology: one cluster is enough, because others may be gone. */
    AS_IT_IS(Networks.ANY, Primaries.ANY, 1);

    private static final int A_MESH = 2;

    private final Networks networks;
    private final Primaries primaries;
    private final int fewest;

    Topology(Networks networks, Primaries primaries) {
        this(networks, primaries, Topology.A_MESH);
    }

    Topology(Networks networks, Primaries primaries, int fewest) {
        this.networks = networks;
        this.primaries = primaries;
        this.fewest = fewest;
    }

    /** How many clusters a request must name. */
    int fewest() {
        return fewest;
    }

    Networks networks() {
        return networks;
    }

    Primaries primaries() {
        return primaries;
    }

    /** The number of networks of the clusters. */
    enum Networks {
        ONE,
        SEVERAL,
        ANY
    }

    /** The number of clusters with their own control plane. */
    enum Primaries {
        ALL,
        ONE,
        ANY
    }
}

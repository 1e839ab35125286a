package io.meshspan.mesh;

import java.util.List;

/** The mesh of the guide's second tab. */
public final class TwoPrimaries {

    public static final ClusterName ONE = new ClusterName("cluster1");
    public static final ClusterName TWO = new ClusterName("cluster2");
    public static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY_MULTI_NETWORK,
            IstioVersion.parse("1.30.3"),
            List.of(
                    Member.primary(ONE, new NetworkName("network1")),
                    Member.primary(TWO, new NetworkName("network2"))));

    private TwoPrimaries() {}
}

package io.meshspan.preflight;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.controlplane.IstioNamespaces;
import io.meshspan.controlplane.Primary;
import io.meshspan.controlplane.Remote;
import io.meshspan.finding.Finding;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.verification.MeshVerification;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the tests of the checks start from. */
final class CheckFindings {

    /** cluster1 is the primary, cluster2 its remote, on networks of their own. */
    static final Mesh PRIMARY_REMOTE = new Mesh(
            new MeshId("mesh1"),
            Topology.PRIMARY_REMOTE_MULTI_NETWORK,
            IstioVersion.parse("1.30.3"),
            List.of(
                    Member.primary(new ClusterName("cluster1"), new NetworkName("network1")),
                    Member.remote(
                            new ClusterName("cluster2"), new NetworkName("network2"), new ClusterName("cluster1"))));

    private CheckFindings() {}

    static List<Finding> of(Check check, ClusterInMemory cluster) {
        return of(check, MESH, cluster);
    }

    static List<Finding> of(Check check, Mesh mesh, ClusterInMemory cluster) {
        return check.check(mesh, snapshot(mesh, cluster));
    }

    static List<Finding> beforeVerification(Check check, ClusterInMemory cluster) {
        return check.checkBeforeVerification(MESH, snapshot(MESH, cluster));
    }

    static List<Finding> of(CrossClusterCheck crossClusterCheck, Mesh mesh, ClusterInMemory... clusters) {
        SortedMap<ClusterName, ClusterSnapshot> snapshots = new TreeMap<>();
        Arrays.stream(clusters).forEach(cluster -> snapshots.put(cluster.name(), snapshot(mesh, cluster)));
        snapshots.values().forEach(crossClusterCheck::read);
        return crossClusterCheck.compare(mesh, snapshots);
    }

    private static ClusterSnapshot snapshot(Mesh mesh, ClusterInMemory cluster) {
        return ClusterSnapshot.of(cluster, mesh.member(cluster.name()));
    }

    /** Charts that make these objects of a primary. */
    static RenderedObjects rendered(HasMetadata... objects) {
        Primary primary = mock(Primary.class);
        given(primary.desired(any(), any())).willReturn(List.of(objects));
        return new RenderedObjects(
                mock(IstioNamespaces.class),
                primary,
                mock(Remote.class),
                mock(EastWestGateway.class),
                mock(IngressGateway.class),
                mock(MeshVerification.class));
    }

    static NamespaceBuilder namespace(String name) {
        return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata();
    }

    static ConfigMap configMap(String name, String key, String text) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("istio-system")
                .endMetadata()
                .addToData(key, text)
                .build();
    }

    static Deployment istiod(String namespace, String name, String image) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("app", "istiod")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("discovery")
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    static Service service(String namespace, String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP")
                .endSpec()
                .build();
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clusters whose names in Istio and networks are what Istio takes and no DNS label is, from the request to the removal. */
@Tag("slow")
class IstioNamesIT {

    @Test
    void shouldMakeVerifyAndRemoveAMeshOfPrimaries() {
        ProcessFleet processFleet = TestApplication.takeOddlyNamed();
        String second = TestApplication.istioName(processFleet.second());

        PlayedChange change = processFleet.request("multi-primary-multi-network");
        change.approve("carla");

        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
        KubernetesClient client = TestApplication.SANDBOX.client(processFleet.first());
        Secret secret = client.secrets()
                .inNamespace("istio-system")
                .withName("istio-remote-secret-" + processFleet.second())
                .get();
        assertThat(secret.getData()).containsOnlyKeys(second);
        assertThat(secret.getMetadata().getAnnotations()).containsEntry("networking.istio.io/cluster", second);
        assertThat(client.resources(Namespace.class)
                        .withName("istio-system")
                        .get()
                        .getMetadata()
                        .getLabels()
                        .get("topology.istio.io/network"))
                .startsWith("VPC_eu.prod-");

        PlayedChange again = processFleet.request("multi-primary-multi-network");
        again.approve("carla");
        assertThat(again.findings()).contains("Nothing stands in the way");
        assertThat(again.end()).isEqualTo("EndEvent_MeshVerified");

        PlayedChange removal = processFleet.remove(Map.of());
        removal.approve("carla");
        removal.end();
        assertThat(client.secrets()
                        .inNamespace("istio-system")
                        .withName("istio-remote-secret-" + processFleet.second())
                        .get())
                .isNull();
    }

    @Test
    void shouldMakeAMeshOfAPrimaryAndARemote() {
        PlayedChange change = TestApplication.takeOddlyNamed().request("primary-remote-multi-network");
        change.approve("carla");

        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }
}

package io.meshspan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stand-in chart of istiod renders for a remote what Istio's own does in 1.30.3 (manifests/helm-profiles/remote.yaml). */
class SandboxRemoteChartTest {

    private static final List<String> ALWAYS = List.of(
            "ClusterRole istio-reader-clusterrole-istio-system",
            "ClusterRoleBinding istio-reader-clusterrole-istio-system",
            "ConfigMap values",
            "MutatingWebhookConfiguration istio-sidecar-injector",
            "Service istiod");

    private static final List<String> WHERE_CONFIGURATION_IS_KEPT = List.of(
            "ClusterRole istiod-clusterrole-istio-system",
            "ClusterRole istiod-gateway-controller-istio-system",
            "ClusterRoleBinding istiod-clusterrole-istio-system",
            "ClusterRoleBinding istiod-gateway-controller-istio-system",
            "Role istiod",
            "RoleBinding istiod",
            "ServiceAccount istiod",
            "ValidatingWebhookConfiguration istio-validator-istio-system");

    private static final String SLICE = "EndpointSlice istiod";

    @Test
    void shouldRenderFourteenObjectsForAnAddress() {
        assertThat(rendered("203.0.113.7", "true"))
                .hasSize(14)
                .containsAll(ALWAYS)
                .containsAll(WHERE_CONFIGURATION_IS_KEPT)
                .contains(SLICE);
    }

    @Test
    void shouldRenderThirteenObjectsForAHostname() {
        assertThat(rendered("lb.example.org", "true"))
                .hasSize(13)
                .containsAll(ALWAYS)
                .containsAll(WHERE_CONFIGURATION_IS_KEPT);
    }

    @Test
    void shouldRenderSixObjectsWhereNoConfigurationIsKept() {
        assertThat(rendered("203.0.113.7", "false"))
                .hasSize(6)
                .containsAll(ALWAYS)
                .contains(SLICE);
    }

    private static List<String> rendered(String address, String configCluster) {
        return names(
                Sandbox.charts().resolve("istiod"),
                Map.of(
                        "profile", "remote",
                        "global.remotePilotAddress", address,
                        "global.configCluster", configCluster,
                        "global.multiCluster.clusterName", "cluster2",
                        "istiodRemote.injectionPath", "/inject/cluster/cluster2/net/network2"));
    }

    static List<String> names(Path chart, Map<String, String> values) {
        var template = new Helm(chart).template().withName("istiod").withNamespace("istio-system");
        values.forEach(template::set);
        List<String> names = new ArrayList<>();
        for (HasMetadata each : GuidedMesh.parse(template.call())) {
            names.add(each.getKind() + " " + each.getMetadata().getName());
        }
        names.sort(null);
        return names;
    }
}

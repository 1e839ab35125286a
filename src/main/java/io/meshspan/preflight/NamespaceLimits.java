package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Does istio-system have policies that could block Istio's ports or pods, so that somebody should review them? */
@Component
final class NamespaceLimits implements Check {

    @Override
    public String name() {
        return "Limits of istio-system";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        return Stream.concat(
                        cluster.inIstioSystem(ResourceQuota.class).stream()
                                .map(quota -> note(
                                        cluster,
                                        quota,
                                        "room for istiod, the gateway and their autoscalers",
                                        "a quota")),
                        cluster.inIstioSystem(NetworkPolicy.class).stream()
                                .map(policy -> note(
                                        cluster,
                                        policy,
                                        "ports 15012, 15017 and 15443 open, and 15021 for the load balancer",
                                        "a policy")))
                .toList();
    }

    private static Finding note(ClusterSnapshot cluster, HasMetadata object, String expected, String found) {
        return Finding.note(
                cluster.where(),
                ObjectRef.of(object).toString(),
                expected,
                found,
                "Make sure that it leaves this much; Meshspan cannot tell.");
    }
}

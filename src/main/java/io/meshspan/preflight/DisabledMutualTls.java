package io.meshspan.preflight;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.security.v1beta1.PeerAuthenticationMutualTLSMode;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.security.v1.PeerAuthentication;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Is mutual TLS disabled somewhere? Calls to endpoints behind an east-west gateway need it. */
@Component
final class DisabledMutualTls implements Check {

    @Override
    public String name() {
        return "Mutual TLS";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        if (!mesh.multiNetwork()) {
            return List.of();
        }
        List<String> disabling = Stream.concat(
                        served(cluster, PeerAuthentication.class).filter(DisabledMutualTls::disables),
                        served(cluster, DestinationRule.class).filter(DisabledMutualTls::disables))
                .map(object -> ObjectRef.of(object).toString())
                .sorted()
                .toList();
        return disabling.isEmpty()
                ? List.of()
                : List.of(
                        Finding.warning(
                                cluster.where(),
                                String.join(", ", disabling),
                                "mutual TLS where other networks call",
                                "mode DISABLE",
                                "Workloads under these are not called from other networks; change the mode if they should be."));
    }

    private static <T extends HasMetadata> Stream<T> served(ClusterSnapshot cluster, Class<T> type) {
        return cluster.cluster().serves(HasMetadata.getApiVersion(type), HasMetadata.getKind(type))
                ? cluster.anywhere(type).stream()
                : Stream.of();
    }

    private static boolean disables(PeerAuthentication policy) {
        return Optional.ofNullable(policy.getSpec())
                .map(spec -> spec.getMtls())
                .filter(mtls -> mtls.getMode() == PeerAuthenticationMutualTLSMode.DISABLE)
                .isPresent();
    }

    private static boolean disables(DestinationRule rule) {
        return Optional.ofNullable(rule.getSpec())
                .map(spec -> spec.getTrafficPolicy())
                .map(policy -> policy.getTls())
                .filter(tls -> tls.getMode() == ClientTLSSettingsTLSmode.DISABLE)
                .isPresent();
    }
}

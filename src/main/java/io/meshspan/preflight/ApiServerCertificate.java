package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Will the other clusters trust the API server at the address in the remote secret? They check its certificate against the
 * cluster's own CA, which a proxy in front of it does not use (istio/istio#51376).
 */
@Component
final class ApiServerCertificate implements Check {

    private static final String ADVICE =
            "Set meshspan.inventory.clusters.NAME.api-server to an address where the API server itself answers, and to a"
                    + " name or IP that its certificate carries.";

    @Override
    public String name() {
        return "API server's certificate";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        URI address = URI.create(cluster.cluster().apiServer());
        if (mesh.readersOf(cluster.member().cluster()).isEmpty() || !"https".equals(address.getScheme())) {
            return List.of();
        }
        return authority(cluster).flatMap(pem -> finding(cluster, address, shakeHands(cluster, address, pem))).stream()
                .toList();
    }

    private static TlsHandshake.Result shakeHands(ClusterSnapshot cluster, URI address, String authority) {
        return TlsHandshake.with(
                address,
                authority,
                cluster.cluster().tlsServerName(),
                cluster.cluster().proxy());
    }

    /** The same as in the reader's token, which may not be there yet. */
    private static Optional<String> authority(ClusterSnapshot cluster) {
        return cluster.cluster()
                .find(ConfigMap.class, "kube-system", "kube-root-ca.crt")
                .map(map -> map.getData().get("ca.crt"));
    }

    private static Optional<Finding> finding(ClusterSnapshot cluster, URI address, TlsHandshake.Result result) {
        String what = "certificate at %s:%d".formatted(address.getHost(), TlsHandshake.port(address));
        return switch (result.outcome()) {
            case TRUSTED -> Optional.empty();
            case REFUSED ->
                Optional.of(Finding.blocking(
                        cluster.where(), what, "one for this name, of the cluster's own CA", result.detail(), ADVICE));
            case SILENT ->
                Optional.of(Finding.warning(
                        cluster.where(),
                        what,
                        "an answer, as the other clusters need one",
                        result.detail(),
                        "Make sure that the other clusters reach this address, even if this service does not."));
        };
    }
}

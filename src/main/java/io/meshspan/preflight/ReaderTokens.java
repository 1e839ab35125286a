package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Does the service account of the remote control planes have tokens besides Meshspan's? */
@Component
final class ReaderTokens implements Check {

    private static final String ACCOUNT = "istio-reader-service-account";
    private static final String USED = ACCOUNT + "-istio-remote-secret-token";

    @Override
    public String name() {
        return "Reader's tokens";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        List<String> others = cluster.inIstioSystem(Secret.class).stream()
                .filter(secret -> "kubernetes.io/service-account-token".equals(secret.getType()))
                .filter(ReaderTokens::isReaders)
                .map(secret -> secret.getMetadata().getName())
                .filter(name -> !name.equals(USED))
                .sorted()
                .toList();
        return others.isEmpty()
                ? List.of()
                : List.of(Finding.note(
                        cluster.where(),
                        "token Secrets of ServiceAccount istio-system/" + ACCOUNT,
                        "none but " + USED,
                        String.join(", ", others),
                        "Meshspan does not use them. Delete those that no remote secret needs: none of them expires."));
    }

    private static boolean isReaders(Secret secret) {
        return Optional.ofNullable(secret.getMetadata().getAnnotations())
                .map(annotations -> annotations.get("kubernetes.io/service-account.name"))
                .filter(ACCOUNT::equals)
                .isPresent();
    }
}

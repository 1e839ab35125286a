package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Does the service account of the remote control planes have tokens besides Meshspan's? */
@Component
final class ReaderTokens implements Check {

    private static final String ACCOUNT = "istio-reader-service-account";
    private static final String FIRST = ACCOUNT + "-istio-remote-secret-token";

    @Override
    public String name() {
        return "Reader's tokens";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        List<Secret> tokens = cluster.inIstioSystem(Secret.class).stream()
                .filter(secret -> "kubernetes.io/service-account-token".equals(secret.getType()))
                .filter(ReaderTokens::isReaders)
                .toList();
        List<String> names = tokens.stream()
                .map(secret -> secret.getMetadata().getName())
                .sorted()
                .toList();
        boolean bound = mesh.boundTokens().isPresent();
        String used = names.contains(FIRST) ? FIRST : rotated(mesh, tokens).orElse(FIRST);
        List<String> others =
                names.stream().filter(name -> bound || !name.equals(used)).toList();
        return others.isEmpty()
                ? List.of()
                : List.of(Finding.note(
                        cluster.where(),
                        "token Secrets of ServiceAccount istio-system/" + ACCOUNT,
                        bound ? "none, since the tokens of this mesh are bound" : "none but " + used,
                        String.join(", ", others),
                        "Meshspan does not use them. Delete those that no remote secret needs: none of them expires."));
    }

    /** The one that a rotation left in place of the first. */
    private static Optional<String> rotated(Mesh mesh, List<Secret> tokens) {
        ApplySet set = new ApplySet(mesh.id());
        return tokens.stream()
                .filter(set::contains)
                .map(ObjectRef::of)
                .filter(RemoteSecrets::isReaderToken)
                .map(ObjectRef::name)
                .min(Comparator.naturalOrder());
    }

    private static boolean isReaders(Secret secret) {
        return Optional.ofNullable(secret.getMetadata().getAnnotations())
                .map(annotations -> annotations.get("kubernetes.io/service-account.name"))
                .filter(ACCOUNT::equals)
                .isPresent();
    }
}

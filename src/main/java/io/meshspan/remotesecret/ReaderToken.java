package io.meshspan.remotesecret;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.kubernetes.BoundedPoll;
import io.meshspan.kubernetes.Cluster;
import java.util.Map;
import java.util.Optional;

/**
 * The token of the service account with which other control planes read this cluster. It is never another account's
 * credential, and it leaves this package only inside a remote secret. The names are istioctl's
 * (istioctl/pkg/multicluster/remote_secret.go).
 */
final class ReaderToken {

    private static final String NAMESPACE = "istio-system";
    private static final String SERVICE_ACCOUNT = "istio-reader-service-account";
    private static final String SECRET = SERVICE_ACCOUNT + "-istio-remote-secret-token";

    private final String token;
    private final String certificateAuthority;

    private ReaderToken(String token, String certificateAuthority) {
        this.token = token;
        this.certificateAuthority = certificateAuthority;
    }

    /** The Secret; the cluster's token controller fills it in. */
    static Secret desired() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(SECRET)
                .withNamespace(NAMESPACE)
                .addToAnnotations("kubernetes.io/service-account.name", SERVICE_ACCOUNT)
                .endMetadata()
                .withType("kubernetes.io/service-account-token")
                .build();
    }

    /** @throws io.meshspan.finding.TransientException if the cluster does not fill in the token within 3 s */
    static ReaderToken of(Cluster cluster) {
        Secret secret = cluster.find(Secret.class, NAMESPACE, SECRET)
                .filter(ReaderToken::isFilled)
                .orElseGet(() -> BoundedPoll.await(
                        cluster.when(Secret.class, NAMESPACE, SECRET, ReaderToken::isFilled),
                        "%s: Secret %s/%s has no token yet".formatted(cluster.name(), NAMESPACE, SECRET)));
        Map<String, String> data = secret.getData();
        return new ReaderToken(requireNonNull(data.get("token")), requireNonNull(data.get("ca.crt")));
    }

    /** The current token, if the cluster has filled it in. */
    static Optional<ReaderToken> present(Cluster cluster) {
        return cluster.find(Secret.class, NAMESPACE, SECRET)
                .filter(ReaderToken::isFilled)
                .map(Secret::getData)
                .map(data -> new ReaderToken(requireNonNull(data.get("token")), requireNonNull(data.get("ca.crt"))));
    }

    /** A placeholder for a token that does not exist yet. */
    static ReaderToken later() {
        return new ReaderToken("bGF0ZXI=", "bGF0ZXI=");
    }

    private static boolean isFilled(Secret secret) {
        Map<String, String> data = secret.getData();
        return data != null && data.containsKey("token") && data.containsKey("ca.crt");
    }

    /** Base64, as in the Secret. */
    String token() {
        return token;
    }

    /** Base64 of PEM, as in the Secret and in a kubeconfig. */
    String certificateAuthority() {
        return certificateAuthority;
    }

    @Override
    public String toString() {
        return "reader token (not shown)";
    }
}

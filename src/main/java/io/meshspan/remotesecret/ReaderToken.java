package io.meshspan.remotesecret;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.BoundedPoll;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The token of the service account with which other control planes read this cluster. It is never another account's
 * credential, and it leaves this package only inside a remote secret. The names are istioctl's
 * (istioctl/pkg/multicluster/remote_secret.go).
 */
final class ReaderToken {

    private static final String NAMESPACE = "istio-system";
    private static final String SERVICE_ACCOUNT = "istio-reader-service-account";
    private static final String SECRET = SERVICE_ACCOUNT + "-istio-remote-secret-token";
    private static final Pattern NAMES = Pattern.compile(SECRET + "(-[0-9]+)?");

    private final String token;
    private final String certificateAuthority;

    private ReaderToken(String token, String certificateAuthority) {
        this.token = token;
        this.certificateAuthority = certificateAuthority;
    }

    /** The Secret of that name; the cluster's token controller fills it in. */
    static Secret desired(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .addToAnnotations("kubernetes.io/service-account.name", SERVICE_ACCOUNT)
                .endMetadata()
                .withType("kubernetes.io/service-account-token")
                .build();
    }

    /**
     * The token of the Secret that is used, which is created if there is none.
     *
     * @param applied gets the result for the Secret
     * @throws io.meshspan.finding.TransientException if the cluster does not fill in the token within 3 s
     */
    static ReaderToken issued(Cluster cluster, ApplySet set, Consumer<AppliedObject> applied) {
        Optional<Secret> usual = cluster.find(Secret.class, NAMESPACE, SECRET);
        String name =
                usual.isPresent() ? SECRET : numbered(cluster, set).findFirst().orElse(SECRET);
        applied.accept(cluster.apply(set.member(desired(name))));
        return usual.filter(ReaderToken::isFilled)
                .map(ReaderToken::read)
                .orElseGet(() -> read(BoundedPoll.await(
                        cluster.when(Secret.class, NAMESPACE, name, ReaderToken::isFilled),
                        "%s: Secret %s/%s has no token yet".formatted(cluster.name(), NAMESPACE, name))));
    }

    /** The token in the Secret of that name, if the cluster has filled it in. */
    static Optional<ReaderToken> present(Cluster cluster, String name) {
        return cluster.find(Secret.class, NAMESPACE, name)
                .filter(ReaderToken::isFilled)
                .map(ReaderToken::read);
    }

    private static ReaderToken read(Secret secret) {
        Map<String, String> data = secret.getData();
        return new ReaderToken(requireNonNull(data.get("token")), requireNonNull(data.get("ca.crt")));
    }

    /** The name of the Secret that is used: another one than istioctl's after a rotation. */
    static String current(Cluster cluster, ApplySet set) {
        return cluster.find(Secret.class, NAMESPACE, SECRET).isPresent()
                ? SECRET
                : numbered(cluster, set).findFirst().orElse(SECRET);
    }

    /** The Secrets with a token that a rotation replaces, and the name of the one that it creates. */
    static TokenNames rotated(Cluster cluster, ApplySet set) {
        List<String> there = Stream.concat(
                        cluster.find(Secret.class, NAMESPACE, SECRET).map(secret -> SECRET).stream(),
                        numbered(cluster, set))
                .toList();
        String fresh = IntStream.iterate(1, number -> number + 1)
                .mapToObj(ReaderToken::named)
                .filter(name -> !there.contains(name))
                .findFirst()
                .orElseThrow();
        return new TokenNames(fresh, there);
    }

    /** Whether a Secret of this name in istio-system has a token of the readers. */
    static boolean isName(String name) {
        return NAMES.matcher(name).matches();
    }

    private static String named(int number) {
        return number == 1 ? SECRET : SECRET + "-" + number;
    }

    private static Stream<String> numbered(Cluster cluster, ApplySet set) {
        return cluster.found("v1", "Secret", set.membership()).stream()
                .map(FoundObject::object)
                .filter(object -> NAMESPACE.equals(object.namespace()))
                .map(ObjectRef::name)
                .filter(name -> isName(name) && !name.equals(SECRET))
                .sorted();
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

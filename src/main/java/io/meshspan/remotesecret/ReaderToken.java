package io.meshspan.remotesecret;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.BoundedPoll;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.TokenExpiration;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
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
    static final String SERVICE_ACCOUNT = "istio-reader-service-account";
    private static final String SECRET = SERVICE_ACCOUNT + "-istio-remote-secret-token";

    /** Of Secrets without content, to which bound tokens are bound. istioctl must not take them for those with a token. */
    private static final String BOUND = SERVICE_ACCOUNT + "-bound-token";

    private static final Pattern NAMES = Pattern.compile("(%s|%s)(-[0-9]+)?".formatted(SECRET, BOUND));

    /** The certificates by which pods know their API server; every namespace has it. */
    private static final String AUTHORITY = "kube-root-ca.crt";

    private final String token;
    private final String certificateAuthority;

    private ReaderToken(String token, String certificateAuthority) {
        this.token = token;
        this.certificateAuthority = certificateAuthority;
    }

    /** The Secret of that name. Long-lived tokens are in it, filled in by the cluster's token controller; bound ones die with it. */
    static Secret desired(String name) {
        if (isBound(name)) {
            return new SecretBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(NAMESPACE)
                    .endMetadata()
                    .withType("Opaque")
                    .build();
        }
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
     * @throws TransientException if the cluster does not fill in the token within 3 s
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

    /**
     * A new token that is bound to this Secret.
     *
     * @throws TransientException if the namespace has no {@code kube-root-ca.crt} yet
     */
    static ReaderToken requested(Cluster cluster, Secret binding, TokenExpiration expiration) {
        String authority = authority(cluster)
                .orElseThrow(() -> new TransientException(
                        "%s: ConfigMap %s/%s has no ca.crt yet".formatted(cluster.name(), NAMESPACE, AUTHORITY)));
        String token = cluster.requestToken(NAMESPACE, SERVICE_ACCOUNT, binding, expiration.duration());
        return new ReaderToken(base64(token), authority);
    }

    /** A bound token of this cluster that a reader has already. */
    static Optional<ReaderToken> held(Cluster cluster, BoundToken token) {
        return authority(cluster).map(authority -> new ReaderToken(base64(token.token()), authority));
    }

    private static Optional<String> authority(Cluster cluster) {
        return cluster.find(ConfigMap.class, NAMESPACE, AUTHORITY)
                .map(ConfigMap::getData)
                .map(data -> data.get("ca.crt"))
                .map(ReaderToken::base64);
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

    /** The name of the Secret that is used: another one than the first after a rotation. */
    static String current(Cluster cluster, ApplySet set, boolean bound) {
        if (bound) {
            return owned(cluster, set).filter(ReaderToken::isBound).findFirst().orElse(BOUND);
        }
        return cluster.find(Secret.class, NAMESPACE, SECRET).isPresent()
                ? SECRET
                : numbered(cluster, set).findFirst().orElse(SECRET);
    }

    /** The Secrets of tokens that a rotation replaces, of both kinds, and the name of the one that it creates. */
    static TokenSecrets rotated(Cluster cluster, ApplySet set, boolean bound) {
        List<String> there = Stream.concat(
                        cluster.find(Secret.class, NAMESPACE, SECRET).map(secret -> SECRET).stream(),
                        owned(cluster, set))
                .toList();
        String fresh = IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> named(bound ? BOUND : SECRET, number))
                .filter(name -> !there.contains(name))
                .findFirst()
                .orElseThrow();
        return new TokenSecrets(fresh, there);
    }

    /** Whether a Secret of this name in istio-system has a token of the readers. */
    static boolean isName(String name) {
        return NAMES.matcher(name).matches();
    }

    /** Whether tokens are bound to the Secret of this name, and not in it. */
    private static boolean isBound(String name) {
        return name.startsWith(BOUND);
    }

    private static String named(String first, int number) {
        return number == 1 ? first : first + "-" + number;
    }

    private static Stream<String> numbered(Cluster cluster, ApplySet set) {
        return owned(cluster, set).filter(name -> !isBound(name));
    }

    /** Those of this mesh; without istioctl's name, which may be there without a mesh. */
    private static Stream<String> owned(Cluster cluster, ApplySet set) {
        return cluster.found("v1", "Secret", set.membership()).stream()
                .map(FoundObject::object)
                .filter(object -> NAMESPACE.equals(object.namespace()))
                .map(ObjectRef::name)
                .filter(name -> isName(name) && !name.equals(SECRET))
                .sorted();
    }

    /** When it ends, if it is a bound one. */
    Optional<Instant> ends() {
        return BoundToken.read(new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8))
                .map(bound -> bound.lifetime().ends());
    }

    /** A placeholder for a token that does not exist yet. */
    static ReaderToken later() {
        return new ReaderToken("bGF0ZXI=", "bGF0ZXI=");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
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

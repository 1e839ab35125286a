package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.difference.ContentHash;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The request of one cluster to cert-manager: a CertificateRequest, and a Secret with its key, which stays in the namespace of
 * {@code cacerts}. The Secret owns the CertificateRequest, so Kubernetes deletes both when the Secret is deleted.
 */
final class CertManagerRequest {

    static final String API = "cert-manager.io/v1";
    static final String KIND = "CertificateRequest";

    /** The Secret with the key of a request that is not fulfilled yet. */
    static final ObjectRef KEY_SECRET = new ObjectRef("v1", "Secret", Cacerts.NAMESPACE, "meshspan-cacerts-key");

    private static final String KEY = "tls.key";
    private static final String REQUEST = "request.pem";
    private static final int NAME_LENGTH = 10;

    private final Cluster cluster;
    private final TrustProperties properties;

    CertManagerRequest(Cluster cluster, TrustProperties properties) {
        this.cluster = cluster;
        this.properties = properties;
    }

    /**
     * What cert-manager has made of a request.
     *
     * @param evidence the same as long as the same answer stands
     * @param refusal why there will be no certificate, in cert-manager's words; empty if there may be one
     * @param waiting what is missing, if there is no answer yet
     * @param signed the answered request, if it has a certificate
     */
    record Answer(
            ObjectRef object,
            String evidence,
            Optional<String> refusal,
            String waiting,
            Optional<GenericKubernetesResource> signed) {

        private static Answer of(ObjectRef object, Optional<GenericKubernetesResource> live) {
            if (live.isEmpty()) {
                return new Answer(object, "none", Optional.of("none: somebody deleted it"), "", Optional.empty());
            }
            GenericKubernetesResource request = live.get();
            Optional<CertManagerCondition> ready = CertManagerCondition.in(request, "Ready");
            String seen = "%s %s".formatted(request.getMetadata().getUid(), ready.orElse(null));
            Optional<String> refused = Stream.concat(
                            Stream.of("Denied", "InvalidRequest")
                                    .flatMap(type -> CertManagerCondition.in(request, type).stream())
                                    .filter(CertManagerCondition::isTrue),
                            ready.filter(c -> "Failed".equals(c.reason()) || "Denied".equals(c.reason())).stream())
                    .findFirst()
                    .map(CertManagerCondition::toString);
            boolean signed = ready.filter(CertManagerCondition::isTrue).isPresent();
            return new Answer(
                    object,
                    seen,
                    refused,
                    signed ? "" : waiting(request, ready),
                    signed && refused.isEmpty() ? live : Optional.empty());
        }

        private static String waiting(GenericKubernetesResource request, Optional<CertManagerCondition> ready) {
            boolean approved = CertManagerCondition.in(request, "Approved")
                    .filter(CertManagerCondition::isTrue)
                    .isPresent();
            String progress = ready.map(CertManagerCondition::toString).orElse("its issuer has not answered");
            return approved
                    ? "approved; " + progress
                    : "not approved yet" + ready.map(c -> "; " + c).orElse("");
        }
    }

    /**
     * Makes what is not there. Replaces a request that was refused, because cert-manager never looks at one again.
     *
     * @param marked marks an object that a removal must find again
     */
    List<AppliedObject> make(UnaryOperator<Secret> marked) {
        List<AppliedObject> applied = new ArrayList<>();
        Secret key = key().orElseGet(() -> {
            applied.add(cluster.apply(marked.apply(newKey())));
            return key().orElseThrow(
                            () -> new TransientException("%s: %s is gone again".formatted(cluster.name(), KEY_SECRET)));
        });
        if (applied.isEmpty()) {
            applied.add(new AppliedObject(cluster.name(), KEY_SECRET, ApplyOutcome.UNCHANGED));
        }
        ObjectRef ref = ref(key);
        Optional<GenericKubernetesResource> there = cluster.live(ref);
        if (there.isPresent() && Answer.of(ref, there).refusal().isPresent()) {
            applied.add(cluster.delete(ref.reference()));
            there = Optional.empty();
        }
        applied.add(
                there.isPresent()
                        ? new AppliedObject(cluster.name(), ref, ApplyOutcome.UNCHANGED)
                        : cluster.apply(request(ref, key)));
        return applied;
    }

    /** Empty if nothing was requested, or if what was requested is in {@code cacerts} already. */
    Optional<Answer> answer() {
        return key().map(this::ref).map(ref -> Answer.of(ref, cluster.live(ref)));
    }

    PrivateKey privateKey() throws IOException, GeneralSecurityException {
        Secret secret = key().orElseThrow(() -> new IOException("no key"));
        byte[] pem = CacertsForm.decoded(secret, KEY);
        try {
            return Pem.privateKey(pem);
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    void delete() {
        cluster.find(Secret.class, KEY_SECRET.namespace(), KEY_SECRET.name()).ifPresent(key -> {
            if (isWhole(key)) {
                cluster.delete(ref(key).reference());
            }
            cluster.delete(key);
        });
    }

    private Optional<Secret> key() {
        return cluster.find(Secret.class, KEY_SECRET.namespace(), KEY_SECRET.name())
                .filter(CertManagerRequest::isWhole);
    }

    private static boolean isWhole(Secret secret) {
        return secret.getData() != null && secret.getData().keySet().containsAll(List.of(KEY, REQUEST));
    }

    /** One name for each key and issuer: after another issuer refused a request, this one gets a new request. */
    private ObjectRef ref(Secret key) {
        String asked = key.getData().get(REQUEST) + properties.certManager();
        return new ObjectRef(
                API,
                KIND,
                Cacerts.NAMESPACE,
                "meshspan-cacerts-" + ContentHash.of(asked).substring(0, NAME_LENGTH));
    }

    private Secret newKey() {
        KeyPair keys = properties.keyType().generate();
        byte[] pem = Pem.encode(keys.getPrivate());
        try {
            return new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(KEY_SECRET.namespace())
                    .withName(KEY_SECRET.name())
                    .addToLabels("app.kubernetes.io/managed-by", "meshspan")
                    .endMetadata()
                    .withType("Opaque")
                    .addToData(KEY, Base64.getEncoder().encodeToString(pem))
                    .addToData(REQUEST, Base64.getEncoder().encodeToString(Issuer.request(cluster.name(), keys)))
                    .build();
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    private GenericKubernetesResource request(ObjectRef ref, Secret key) {
        TrustProperties.CertManagerIssuer issuer = properties.certManager();
        ObjectMetaBuilder metadata = new ObjectMetaBuilder()
                .withNamespace(ref.namespace())
                .withName(ref.name())
                .addToLabels("app.kubernetes.io/managed-by", "meshspan");
        Optional.ofNullable(key.getMetadata().getUid())
                .map(uid -> new OwnerReferenceBuilder()
                        .withApiVersion(KEY_SECRET.apiVersion())
                        .withKind(KEY_SECRET.kind())
                        .withName(KEY_SECRET.name())
                        .withUid(uid)
                        .build())
                .ifPresent(metadata::addToOwnerReferences);
        GenericKubernetesResource object = ref.reference();
        object.setMetadata(metadata.build());
        object.setAdditionalProperty(
                "spec",
                Map.of(
                        "request",
                        Objects.requireNonNull(key.getData().get(REQUEST)),
                        "isCA",
                        true,
                        "usages",
                        List.of("digital signature", "content commitment", "key encipherment", "cert sign"),
                        "duration",
                        properties.intermediateValidity().toHours() + "h",
                        "issuerRef",
                        Map.of(
                                "name", String.valueOf(issuer.issuer()),
                                "kind", issuer.kind(),
                                "group", issuer.group())));
        return object;
    }
}

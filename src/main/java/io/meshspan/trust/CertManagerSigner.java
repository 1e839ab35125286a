package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.difference.ContentHash;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of cert-manager. It signs a CertificateRequest in each cluster after a person or a policy has approved the
 * request there. Until then a Secret in the namespace of {@code cacerts} holds the key of the request. Both objects are
 * deleted when {@code cacerts} is written.
 */
final class CertManagerSigner implements CaSigner {

    static final String API = "cert-manager.io/v1";
    static final String KIND = "CertificateRequest";
    static final String KEY_SECRET = "meshspan-cacerts-key";
    private static final String KEY = "tls.key";
    private static final String REQUEST = "request.pem";
    private static final int NAME_LENGTH = 10;
    private static final String STATUS = "status";

    private final TrustProperties properties;
    private final RootCertificates roots;

    CertManagerSigner(TrustProperties properties) {
        this.properties = properties;
        this.roots = new RootCertificates(properties);
    }

    @Override
    public String describe() {
        return "cert-manager, " + properties.certManager();
    }

    @Override
    public List<Finding> check(Clusters clusters, List<ClusterName> lacking, Instant now) {
        return clusters.inEach(lacking, new CertManagerCheck(properties.certManager())::check).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Known only from the answer, unless the settings name the roots. */
    @Override
    public List<X509Certificate> roots() {
        return roots.certificates();
    }

    @Override
    public SortedMap<ClusterName, Secret> issue(
            Clusters clusters, List<ClusterName> lacking, UnaryOperator<Secret> marked) {
        SortedMap<ClusterName, Answer> answers = clusters.inEach(lacking, cluster -> ask(cluster, marked));
        SortedMap<ClusterName, Secret> issued = new TreeMap<>();
        List<String> waiting = new ArrayList<>();
        answers.forEach((name, answer) -> {
            if (answer.cacerts() == null) {
                waiting.add("%s: %s".formatted(name, answer.waiting()));
            } else {
                issued.put(name, answer.cacerts());
            }
        });
        if (!waiting.isEmpty()) {
            throw new TransientException("%s has not signed yet. %s".formatted(describe(), String.join("; ", waiting)));
        }
        return issued;
    }

    private record Answer(@Nullable Secret cacerts, String waiting) {}

    private Answer ask(Cluster cluster, UnaryOperator<Secret> marked) {
        Secret key = cluster.find(Secret.class, Cacerts.NAMESPACE, KEY_SECRET)
                .filter(CertManagerSigner::isWhole)
                .orElseGet(() -> newKey(cluster, marked));
        ObjectRef ref = requestFor(key);
        Optional<GenericKubernetesResource> there = cluster.live(ref);
        if (there.isEmpty()) {
            cluster.apply(request(ref, Objects.requireNonNull(key.getData().get(REQUEST))));
            return new Answer(null, ref + " was made");
        }
        return answer(cluster, ref, there.get(), key);
    }

    /** One name for each key and issuer: after another issuer refused a request, this one gets a new request. */
    private ObjectRef requestFor(Secret key) {
        String asked = key.getData().get(REQUEST) + properties.certManager();
        return new ObjectRef(
                API,
                KIND,
                Cacerts.NAMESPACE,
                "meshspan-cacerts-" + ContentHash.of(asked).substring(0, NAME_LENGTH));
    }

    private Answer answer(Cluster cluster, ObjectRef ref, GenericKubernetesResource request, Secret key) {
        for (String refusal : List.of("Denied", "InvalidRequest")) {
            Optional<CertManagerCondition> refused =
                    CertManagerCondition.in(request, refusal).filter(c -> "True".equals(c.status()));
            if (refused.isPresent()) {
                throw refused(cluster, ref, refused.get());
            }
        }
        Optional<CertManagerCondition> ready = CertManagerCondition.in(request, "Ready");
        if (ready.filter(c -> "Failed".equals(c.reason())).isPresent()) {
            throw refused(cluster, ref, ready.get());
        }
        if (ready.filter(c -> "True".equals(c.status())).isEmpty()) {
            boolean approved = CertManagerCondition.in(request, "Approved")
                    .filter(c -> "True".equals(c.status()))
                    .isPresent();
            return new Answer(
                    null,
                    ref
                            + (approved
                                    ? " is approved; "
                                            + ready.map(CertManagerCondition::toString)
                                                    .orElse("its issuer has not" + " answered")
                                    : " is not approved yet (cmctl approve, or a policy of cert-manager)"));
        }
        return new Answer(cacerts(cluster, ref, request, key), "");
    }

    private Secret cacerts(Cluster cluster, ObjectRef ref, GenericKubernetesResource request, Secret key) {
        try {
            List<X509Certificate> signed = new ArrayList<>(certificates(request, "certificate"));
            List<X509Certificate> ca = certificates(request, "ca");
            if (signed.isEmpty()) {
                throw new IOException("no certificate");
            }
            signed.addAll(ca);
            CertificateChain chain = roots.chain(signed);
            if (!chain.reachesRoot() && roots.certificates().isEmpty()) {
                chain = CertificateChain.from(signed.get(0), signed, ca);
            }
            if (!chain.reachesRoot()) {
                throw new IOException("no root");
            }
            return Cacerts.secret(chain.path(), privateKey(key), List.of(chain.root()));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw failed(wrong(
                    cluster,
                    ref.toString(),
                    "a certificate in PEM with its chain up to the root",
                    "an answer without it",
                    "Set meshspan.trust.root-certificates to a PEM file with the root, if the issuer does not tell it;"
                            + " then try again."));
        }
    }

    private Secret newKey(Cluster cluster, UnaryOperator<Secret> marked) {
        KeyPair keys = properties.keyType().generate();
        byte[] pem = Pem.encode(keys.getPrivate());
        try {
            Secret secret = marked.apply(new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(Cacerts.NAMESPACE)
                    .withName(KEY_SECRET)
                    .addToLabels("app.kubernetes.io/managed-by", "meshspan")
                    .endMetadata()
                    .withType("Opaque")
                    .addToData(KEY, Base64.getEncoder().encodeToString(pem))
                    .addToData(REQUEST, Base64.getEncoder().encodeToString(Issuer.request(cluster.name(), keys)))
                    .build());
            cluster.apply(secret);
            return secret;
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    private static boolean isWhole(Secret secret) {
        return secret.getData() != null && secret.getData().keySet().containsAll(List.of(KEY, REQUEST));
    }

    private static PrivateKey privateKey(Secret secret) throws IOException, GeneralSecurityException {
        byte[] pem = CacertsForm.decoded(secret, KEY);
        try {
            return Pem.privateKey(pem);
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    private GenericKubernetesResource request(ObjectRef ref, String request) {
        TrustProperties.CertManagerIssuer issuer = properties.certManager();
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(API);
        object.setKind(KIND);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(ref.namespace())
                .withName(ref.name())
                .addToLabels("app.kubernetes.io/managed-by", "meshspan")
                .build());
        object.setAdditionalProperty(
                "spec",
                Map.of(
                        "request",
                        request,
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

    @Override
    public void written(Cluster cluster) {
        Optional<Secret> key = cluster.find(Secret.class, Cacerts.NAMESPACE, KEY_SECRET);
        if (key.isPresent()) {
            if (isWhole(key.get())) {
                cluster.delete(requestFor(key.get()).reference());
            }
            cluster.delete(key.get());
        }
    }

    private StepFailed refused(Cluster cluster, ObjectRef ref, CertManagerCondition condition) {
        return failed(wrong(
                cluster,
                ref.toString(),
                "a request that is approved and signed",
                condition.toString(),
                "See what its approver or issuer says, delete it, and try again: a new one is made then."));
    }

    private static StepFailed failed(Finding finding) {
        return new StepFailed(FailureCode.INPUT_REJECTED, finding);
    }

    static Finding wrong(Cluster cluster, String what, String expected, String found, String advice) {
        return Finding.blocking(cluster.name().value(), what, expected, found, advice);
    }

    private static List<X509Certificate> certificates(GenericKubernetesResource request, String field)
            throws IOException, GeneralSecurityException {
        Object pem = request.get(STATUS, field);
        return pem instanceof String text ? Pem.certificates(Base64.getDecoder().decode(text)) : List.of();
    }
}

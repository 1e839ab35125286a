package io.meshspan.expiry;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.expiry.ExpiringCredential.End;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteTokens;
import io.meshspan.remotesecret.TokenLifetime;
import io.meshspan.trust.InstalledCas;
import io.meshspan.trust.SecretCertificates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads when the credentials of a mesh end. It only reads; a cluster that does not answer is left out until the next time. */
@Component
public final class ExpiryScan {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryScan.class);
    private static final String GATEWAYS = "networking.istio.io/v1";

    /** The process that renews the bound tokens of a mesh. */
    public static final String RENEWAL = "renew-remote-tokens";

    private final Clusters clusters;
    private final InstalledCas certificates;
    private final RemoteTokens tokens;
    private final TokenRenewalProperties renewal;

    ExpiryScan(Clusters clusters, InstalledCas certificates, RemoteTokens tokens, TokenRenewalProperties renewal) {
        this.renewal = renewal;
        this.clusters = clusters;
        this.certificates = certificates;
        this.tokens = tokens;
    }

    /**
     * What ends before a time. Bound tokens that Meshspan renews count only once their renewal is overdue.
     *
     * @param unread gets the clusters that did not answer
     */
    public List<ExpiringCredential> of(Mesh mesh, Instant now, Duration ahead, Collection<ClusterName> unread) {
        Instant before = now.plus(ahead);
        Map<WatchedCredential, List<End>> ends = new EnumMap<>(WatchedCredential.class);
        mesh.clusters().forEach(name -> {
            try {
                read(mesh, name, now, ends);
            } catch (StepFailed | TransientException e) {
                LOG.info("{}: the ends of its credentials could not be read; read again at the next time", name);
                unread.add(name);
            }
        });
        return ends.entrySet().stream()
                .map(entry -> new ExpiringCredential(
                        entry.getKey(),
                        entry.getValue().stream()
                                .filter(end -> end.at().isBefore(before))
                                .toList()))
                .filter(credential -> !credential.ends().isEmpty())
                .toList();
    }

    private void read(Mesh mesh, ClusterName name, Instant now, Map<WatchedCredential, List<End>> ends) {
        Cluster cluster = clusters.get(name);
        certificates.in(List.of(name)).forEach(ca -> {
            add(ends, WatchedCredential.INTERMEDIATES, name, "its intermediate CA", ca::validUntil);
            add(ends, WatchedCredential.ROOT, name, "its root CA", ca::rootValidUntil);
        });
        tokens.lifetimes(mesh, cluster).entrySet().stream()
                .filter(token -> mesh.boundTokens().isEmpty() || hasLeft(token.getValue(), renewal.overdueLeft(), now))
                .forEach(token -> add(
                        ends,
                        WatchedCredential.REMOTE_TOKENS,
                        token.getKey(),
                        "the token with which %s reads it".formatted(name),
                        token.getValue()::ends));
        gatewaySecrets(mesh, cluster)
                .forEach(secret -> SecretCertificates.end(secret)
                        .ifPresent(at -> add(
                                ends,
                                WatchedCredential.GATEWAY_CERTIFICATES,
                                name,
                                "Secret %s/%s of a Gateway"
                                        .formatted(
                                                secret.getMetadata().getNamespace(),
                                                secret.getMetadata().getName()),
                                () -> at)));
    }

    /** Whether a token has this part of its time left, or less. */
    private static boolean hasLeft(TokenLifetime token, int percent, Instant now) {
        return !token.left(percent).isAfter(now);
    }

    /** Whether a token of the mesh has so little time left that all are to be renewed. */
    public boolean tokensToRenew(Mesh mesh, Instant now) {
        return anyHasLeft(mesh, renewal.lifetimeLeft(), now);
    }

    /** Whether the renewal should have come already. */
    public boolean tokensOverdue(Mesh mesh, Instant now) {
        return anyHasLeft(mesh, renewal.overdueLeft(), now);
    }

    private boolean anyHasLeft(Mesh mesh, int percent, Instant now) {
        return mesh.primaryClusters().stream()
                .flatMap(reader -> lifetimes(mesh, reader).stream())
                .anyMatch(token -> hasLeft(token, percent, now));
    }

    private Collection<TokenLifetime> lifetimes(Mesh mesh, ClusterName reader) {
        try {
            return tokens.lifetimes(mesh, clusters.get(reader)).values();
        } catch (StepFailed | TransientException e) {
            LOG.info("{}: the ends of its remote tokens could not be read; read again at the next time", reader);
            return List.of();
        }
    }

    private static void add(
            Map<WatchedCredential, List<End>> ends,
            WatchedCredential credential,
            ClusterName cluster,
            String what,
            Supplier<Instant> at) {
        ends.computeIfAbsent(credential, none -> new ArrayList<>()).add(new End(cluster.value(), what, at.get()));
    }

    /** The Secrets that Gateway resources name, in the namespaces of the mesh's gateways. */
    private static List<Secret> gatewaySecrets(Mesh mesh, Cluster cluster) {
        Set<String> namespaces = new TreeSet<>(Set.of("istio-system"));
        if (!mesh.gatewayNamespace().isEmpty()) {
            namespaces.add(mesh.gatewayNamespace());
        }
        return cluster.found(GATEWAYS, "Gateway", Map.of()).stream()
                .map(FoundObject::object)
                .filter(gateway -> namespaces.contains(gateway.namespace()))
                .flatMap(gateway -> cluster.live(gateway).stream())
                .flatMap(gateway -> named(gateway).stream()
                        .flatMap(secret ->
                                cluster.find(Secret.class, gateway.getMetadata().getNamespace(), secret).stream()))
                .toList();
    }

    private static Set<String> named(GenericKubernetesResource gateway) {
        Set<String> names = new TreeSet<>();
        Object servers = gateway.get("spec", "servers");
        if (servers instanceof List<?> each) {
            each.forEach(server -> {
                if (server instanceof Map<?, ?> fields
                        && fields.get("tls") instanceof Map<?, ?> tls
                        && tls.get("credentialName") instanceof String name) {
                    names.add(name);
                }
            });
        }
        return names;
    }
}

package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The control plane of one cluster as far as others can tell: whether it runs, its root, and whom it can read. */
final class Istiod {

    static final String NAMESPACE = "istio-system";
    private static final Map<String, String> LABELS = Map.of("app", "istiod");

    private final RunningCluster cluster;
    private final SandboxFleet sandboxFleet;
    private final Map<String, String> rootsByPod = new ConcurrentHashMap<>();
    private final String ownRoot;
    private final Leadership leadership = new Leadership();
    private final IstiodRoute route;

    Istiod(RunningCluster cluster, SandboxFleet sandboxFleet) {
        this.cluster = cluster;
        this.sandboxFleet = sandboxFleet;
        this.route = new IstiodRoute(cluster, sandboxFleet);
        this.ownRoot = SelfSigned.authority("O=cluster.local, OU=" + cluster.name());
    }

    Optional<Pod> pod() {
        return pods().stream().findFirst();
    }

    /** Of all revisions. */
    List<Pod> pods() {
        return Pods.ready(cluster.store(), NAMESPACE, LABELS);
    }

    /** The name by which it knows itself: CLUSTER_ID. */
    String id() {
        return pod().flatMap(pod -> environment(pod, "CLUSTER_ID")).orElse("Kubernetes");
    }

    /** The name by which its workloads go: that of its istiod, or the one with which another cluster's injects here. */
    String claimedId() {
        return pod().map(pod -> id()).or(this::injectedId).orElseGet(cluster::name);
    }

    private Optional<String> injectedId() {
        Pattern path = Pattern.compile("/inject/cluster/([^/]+)/net/");
        return cluster.store().list("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "").stream()
                .flatMap(webhook -> path.matcher(webhook.toString()).results())
                .map(found -> found.group(1))
                .findFirst();
    }

    private static Optional<String> environment(Pod pod, String name) {
        return Pods.containers(pod.getSpec())
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The remotes that it leads, newly decided: none unless it runs as an external istiod. */
    List<RunningCluster> lead() {
        Optional<Pod> external = pod().filter(
                        pod -> environment(pod, "EXTERNAL_ISTIOD").orElse("").equals("true"));
        external.ifPresentOrElse(
                pod -> leadership.decide(id(), pod.getMetadata().getUid(), remotes()), leadership::end);
        return leadership.led();
    }

    /** The primaries that lead this cluster, each with its running istiod. */
    Map<RunningCluster, Pod> leaders() {
        Map<RunningCluster, Pod> leaders = new LinkedHashMap<>();
        sandboxFleet.all().stream()
                .filter(other -> other.istiod().leadership.led().contains(cluster))
                .forEach(other -> other.istiod().pod().ifPresent(pod -> leaders.put(other, pod)));
        return leaders;
    }

    /** The revision that its pod bears, {@code default} for none. */
    static String revision(Pod pod) {
        return Pods.labels(pod).getOrDefault("istio.io/rev", "default");
    }

    /** The tag of the image of an istiod or a proxy. */
    static Optional<String> version(Pod pod) {
        return Pods.containers(pod.getSpec())
                .map(Container::getImage)
                .filter(image -> image != null && (image.contains("pilot:") || image.contains("proxyv2:")))
                .map(image -> image.substring(image.lastIndexOf(':') + 1))
                .findFirst();
    }

    /** Where the Service istiod of this cluster leads. */
    IstiodRoute route() {
        return route;
    }

    /** The root that its pod found in {@code cacerts} when it started, or else made itself; it is not read again. */
    String root(Pod pod) {
        return rootsByPod.computeIfAbsent(
                pod.getMetadata().getUid(),
                uid -> cluster.store()
                        .get(Secret.class, NAMESPACE, "cacerts")
                        .map(Secret::getData)
                        .flatMap(data -> Optional.ofNullable(data.getOrDefault("root-cert.pem", data.get("ca.crt"))))
                        .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                        .orElse(ownRoot));
    }

    /** When its intermediate ends, which it reads again whenever the files change; empty if it signs with a root of its own. */
    Optional<Instant> intermediateEnds() {
        return cluster.store()
                .get(Secret.class, NAMESPACE, "cacerts")
                .map(Secret::getData)
                .flatMap(data -> Optional.ofNullable(data.get("ca-cert.pem")))
                .map(Istiod::end);
    }

    private static Instant end(String pem) {
        try {
            return ((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(Base64.getDecoder().decode(pem))))
                    .getNotAfter()
                    .toInstant();
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The network of the namespace's label, or else of the values that the injector was given. */
    String network() {
        Optional<String> label = cluster.store()
                .get(Namespace.class, "", NAMESPACE)
                .map(namespace -> namespace.getMetadata().getLabels())
                .map(labels -> labels.get("topology.istio.io/network"));
        return label.or(() -> cluster.store().list(ConfigMap.class, NAMESPACE).stream()
                        .filter(map -> map.getMetadata().getName().startsWith("istio-sidecar-injector"))
                        .findFirst()
                        .map(ConfigMap::getData)
                        .map(data -> data.get("values"))
                        .map(values -> Json.parse(values).at("/global/network").asText()))
                .orElse("");
    }

    List<RemoteCluster> remotes() {
        return cluster.store().list(Secret.class, NAMESPACE).stream()
                .filter(secret -> Optional.ofNullable(secret.getMetadata().getLabels())
                        .map(labels -> "true".equals(labels.get("istio/multiCluster")))
                        .orElse(false))
                .flatMap(secret -> Optional.ofNullable(secret.getData()).orElse(Map.of()).entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(id()))
                        .map(entry -> new RemoteCluster(
                                entry.getKey(), secret.getMetadata().getName(), reached(entry.getValue()))))
                .toList();
    }

    private Optional<RunningCluster> reached(String kubeconfig) {
        JsonNode config = Json.parse(new String(Base64.getDecoder().decode(kubeconfig), StandardCharsets.UTF_8));
        String server = config.at("/clusters/0/cluster/server").asText();
        String token = config.at("/users/0/user/token").asText();
        return sandboxFleet.at(server).filter(other -> other.tokens().accepts(token));
    }
}

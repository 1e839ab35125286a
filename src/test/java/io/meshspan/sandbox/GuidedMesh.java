package io.meshspan.sandbox;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamedContextBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows the guide's multi-primary, multi-network steps on a sandbox by fabric8's client alone, or leaves some out. */
final class GuidedMesh {

    enum Step {
        TRUST,
        GATEWAY,
        EXPOSE,
        REMOTE_SECRETS
    }

    private static final String LOOP =
            "for i in $(seq 1 16); do curl -sS --max-time 5 helloworld.sample:5000/hello; done";

    private static final String TOKEN = "istio-reader-service-account-istio-remote-secret-token";

    private final Sandbox sandbox;
    private final List<String> clusters;
    private final Set<Step> leftOut;
    private final String root = SelfSigned.authority("O=Istio, CN=Root CA");

    GuidedMesh(Sandbox sandbox, List<String> clusters, Step... leftOut) {
        this.sandbox = sandbox;
        this.clusters = clusters;
        this.leftOut = leftOut.length == 0 ? Set.of() : EnumSet.copyOf(Arrays.asList(leftOut));
    }

    GuidedMesh install() {
        clusters.forEach(this::install);
        if (!leftOut.contains(Step.REMOTE_SECRETS)) {
            for (String reader : clusters) {
                clusters.stream().filter(other -> !other.equals(reader)).forEach(other -> remoteSecret(reader, other));
            }
        }
        clusters.forEach(cluster -> sample(cluster, "v" + (1 + clusters.indexOf(cluster))));
        return this;
    }

    private void install(String cluster) {
        String network = sandbox.cluster(cluster).network();
        apply(
                cluster,
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("istio-system")
                        .addToLabels("topology.istio.io/network", network)
                        .endMetadata()
                        .build());
        if (!leftOut.contains(Step.TRUST)) {
            apply(cluster, cacerts(root));
        }
        applyAll(cluster, render("base", Map.of()));
        KubernetesClient client = sandbox.client(cluster);
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("gateways.networking.istio.io")
                .waitUntilCondition(crd -> crd != null && Catalog.established(Json.tree(crd)), 60, TimeUnit.SECONDS);
        applyAll(
                cluster,
                render(
                        "istiod",
                        Map.of(
                                "global.meshID", "mesh1",
                                "global.multiCluster.clusterName", cluster,
                                "global.network", network)));
        ready(cluster, "istio-system", "istiod");
        if (!leftOut.contains(Step.GATEWAY)) {
            applyAll(cluster, render("gateway", Map.of("name", "istio-eastwestgateway", "networkGateway", network)));
            ready(cluster, "istio-system", "istio-eastwestgateway");
            client.services()
                    .inNamespace("istio-system")
                    .withName("istio-eastwestgateway")
                    .waitUntilCondition(
                            service -> !service.getStatus()
                                    .getLoadBalancer()
                                    .getIngress()
                                    .isEmpty(),
                            5,
                            TimeUnit.SECONDS);
        }
        if (!leftOut.contains(Step.EXPOSE)) {
            applyAll(cluster, resource("expose-services.yaml"));
        }
    }

    void remoteSecret(String reader, String other) {
        apply(other, readerToken());
        apply(reader, remoteSecret(other, sandbox.apiServer(other), filled(sandbox.client(other))));
    }

    static Secret readerToken() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(TOKEN)
                .withNamespace("istio-system")
                .addToAnnotations("kubernetes.io/service-account.name", "istio-reader-service-account")
                .endMetadata()
                .withType("kubernetes.io/service-account-token")
                .build();
    }

    /** What the token controller has put into it. */
    static Map<String, String> filled(KubernetesClient client) {
        return client.secrets()
                .inNamespace("istio-system")
                .withName(TOKEN)
                .waitUntilCondition(
                        secret -> secret.getData() != null && secret.getData().containsKey("token"),
                        30,
                        TimeUnit.SECONDS)
                .getData();
    }

    /** @param credentials with {@code ca.crt} and {@code token}, in base64 */
    static Secret remoteSecret(String cluster, String server, Map<String, String> credentials) {
        String token = new String(
                Base64.getDecoder().decode(Objects.requireNonNull(credentials.get("token"))), StandardCharsets.UTF_8);
        var kubeconfig = new io.fabric8.kubernetes.api.model.ConfigBuilder()
                .addNewCluster()
                .withName(cluster)
                .withNewCluster()
                .withCertificateAuthorityData(credentials.get("ca.crt"))
                .withServer(server)
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName(cluster)
                .withNewUser()
                .withToken(token)
                .endUser()
                .endUser()
                .withContexts(new NamedContextBuilder()
                        .withName(cluster)
                        .withNewContext()
                        .withCluster(cluster)
                        .withUser(cluster)
                        .endContext()
                        .build())
                .withCurrentContext(cluster)
                .build();
        return new SecretBuilder()
                .withNewMetadata()
                .withName("istio-remote-secret-" + cluster)
                .withNamespace("istio-system")
                .addToLabels("istio/multiCluster", "true")
                .addToAnnotations("networking.istio.io/cluster", cluster)
                .endMetadata()
                .addToStringData(cluster, Serialization.asYaml(kubeconfig))
                .build();
    }

    static Secret cacerts(String root) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("cacerts")
                .withNamespace("istio-system")
                .endMetadata()
                .addToStringData("root-cert.pem", root)
                .build();
    }

    private void sample(String cluster, String version) {
        apply(
                cluster,
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("sample")
                        .addToLabels("istio-injection", "enabled")
                        .endMetadata()
                        .build());
        for (HasMetadata each : resource("sample.yaml")) {
            apply(cluster, each);
        }
        var hello = resource("helloworld.yaml").iterator().next();
        String yaml = Serialization.asYaml(hello).replace("vX", version);
        apply(cluster, Serialization.unmarshal(yaml, GenericKubernetesResource.class));
        ready(cluster, "sample", "helloworld-" + version);
        ready(cluster, "sample", "curl");
    }

    /** What curl printed in sixteen calls from the client pod of a cluster. */
    String call(String cluster) {
        KubernetesClient client = sandbox.client(cluster);
        Pod pod = client.pods()
                .inNamespace("sample")
                .withLabel("app", "curl")
                .list()
                .getItems()
                .get(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        try (var exec = client.pods()
                .inNamespace("sample")
                .withName(pod.getMetadata().getName())
                .inContainer("curl")
                .writingOutput(out)
                .writingError(error)
                .exec("sh", "-c", LOOP)) {
            int exit = exec.exitCode().get(60, TimeUnit.SECONDS);
            return exit == 0 ? out.toString(StandardCharsets.UTF_8) : "exit " + exit + ": " + error;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Collection<HasMetadata> render(String chart) {
        return render(chart, Map.of());
    }

    private static Collection<HasMetadata> render(String chart, Map<String, String> values) {
        var template = new Helm(Sandbox.charts().resolve(chart))
                .template()
                .withName(chart.equals("gateway") ? "istio-eastwestgateway" : chart)
                .withNamespace("istio-system");
        values.forEach(template::set);
        return parse(template.call());
    }

    static Collection<HasMetadata> parse(String yaml) {
        return Arrays.stream(yaml.split("(?m)^---.*$"))
                .filter(each -> each.contains("kind:"))
                .<HasMetadata>map(each -> Serialization.unmarshal(each, GenericKubernetesResource.class))
                .toList();
    }

    private static Collection<HasMetadata> resource(String name) {
        try (@Nullable InputStream in = GuidedMesh.class.getResourceAsStream("/sandbox/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException(name);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void applyAll(String cluster, Collection<HasMetadata> objects) {
        objects.forEach(each -> apply(cluster, each));
    }

    private void apply(String cluster, HasMetadata object) {
        var unused = sandbox.client(cluster)
                .resource(object)
                .fieldManager("guide")
                .forceConflicts()
                .serverSideApply();
    }

    private void ready(String cluster, String namespace, String deployment) {
        var unused = sandbox.client(cluster)
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .waitUntilCondition(Readiness.getInstance()::isReady, 60, TimeUnit.SECONDS);
    }
}

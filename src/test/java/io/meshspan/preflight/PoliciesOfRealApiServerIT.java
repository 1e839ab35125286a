package io.meshspan.preflight;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.RealClusters;
import io.meshspan.login.RealApiServer;
import io.meshspan.login.RecordingApiServer;
import io.meshspan.login.TestAuthority;
import io.meshspan.manifest.ManifestYaml;
import io.meshspan.mesh.NetworkName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real API server says of our pods and objects, and of who has written them. */
@Tag("slow")
class PoliciesOfRealApiServerIT {

    private static final String ISTIOD = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: istiod, namespace: istio-system}
            spec:
              selector: {matchLabels: {app: istiod}}
              template:
                metadata: {labels: {app: istiod}}
                spec:
                  serviceAccountName: istiod
                  containers: [{name: discovery, image: "hub/pilot:1.30.3", resources: {requests: {cpu: 500m, memory: 2Gi}}}]
            """;

    @TempDir
    private static Path folder = Path.of("");

    private static RealApiServer server;
    private static KubernetesClient client;
    private static Clusters clusters;

    private final RenderedObjects rendered =
            CheckFindings.rendered(ManifestYaml.parse(ISTIOD).get(0));

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = RealApiServer.start(
                Files.createDirectory(folder.resolve("server")),
                new TestAuthority("real-ca"),
                "t-admin,jane,1,system:masters\n",
                List.of());
        Path kubeconfig = Files.writeString(folder.resolve("config"), server.kubeconfig("cluster1", "t-admin"));
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build();
        KnownCluster known =
                new KnownCluster(ONE, new NetworkName("network1"), "cluster1", kubeconfig, Optional.empty());
        clusters = RealClusters.of(() -> List.of(known));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            client.close();
            RealClusters.close(clusters);
            server.close();
        }
    }

    @BeforeEach
    void aNamespace() {
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: istio-system}");
        create("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: istiod, namespace: istio-system}");
    }

    @AfterEach
    void nothingLeft() {
        client.resourceQuotas().inNamespace("istio-system").delete();
        client.limitRanges().inNamespace("istio-system").delete();
        client.admissionRegistration().v1().validatingWebhookConfigurations().delete();
        client.admissionRegistration().v1().validatingAdmissionPolicyBindings().delete();
        client.admissionRegistration().v1().validatingAdmissionPolicies().delete();
        client.apps().deployments().inNamespace("istio-system").delete();
    }

    @Test
    void shouldTellWhatPodSecurityRefuses() {
        assertThat(pods()).isEmpty();
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: istio-system,"
                + " labels: {pod-security.kubernetes.io/enforce: restricted}}");

        assertThat(pods()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(finding.found()).contains("violates PodSecurity \"restricted:latest\"", "seccompProfile");
        });
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: istio-system,"
                + " labels: {pod-security.kubernetes.io/enforce: privileged}}");
    }

    @Test
    void shouldTellWhatALimitRangeRefuses() {
        create("apiVersion: v1\nkind: LimitRange\nmetadata: {name: small, namespace: istio-system}\n"
                + "spec: {limits: [{type: Container, max: {memory: 1Gi}, default: {memory: 1Gi}}]}");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(pods())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.found()).contains("memory", "1Gi")));
    }

    @Test
    void shouldTellWhatAQuotaRefuses() {
        create("apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: few, namespace: istio-system}\n"
                + "spec: {hard: {requests.memory: 1Gi}}");
        client.resourceQuotas()
                .inNamespace("istio-system")
                .withName("few")
                .editStatus(quota -> new ResourceQuotaBuilder(quota)
                        .withNewStatus()
                        .addToHard("requests.memory", new Quantity("1Gi"))
                        .addToUsed("requests.memory", new Quantity("0"))
                        .endStatus()
                        .build());

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(pods())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.found()).contains("exceeded quota: few")));
    }

    /** In the place of Kyverno and Gatekeeper, whose webhooks answer in the same way. */
    @Test
    void shouldTellThePolicysWords() {
        create("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: registries}
                spec:
                  failurePolicy: Fail
                  matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}
                  validations:
                  - {expression: "object.spec.containers.all(c, c.image.startsWith('corp/'))", message: "images come from corp/"}
                """);
        create("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: registries}
                spec: {policyName: registries, validationActions: [Deny]}
                """);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(pods())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.found())
                                .contains("ValidatingAdmissionPolicy 'registries'", "images come from corp/")));
    }

    /** The words are in the forms of pkg/webhooks/utils/block.go of Kyverno and of pkg/webhook/policy.go of Gatekeeper. */
    @Test
    void shouldTellTheOwnWordsOfKyvernoAndOfGatekeeper() {
        denied(
                "validate.kyverno.svc-fail",
                "\\n\\nresource Pod/istio-system/istiod was blocked due to the following policies \\n\\n"
                        + "require-limits:\\n  check-memory: 'validation error: a memory limit is required.'\\n",
                "admission webhook \"validate.kyverno.svc-fail\" denied the request: resource Pod/istio-system/istiod was blocked"
                        + " due to the following policies require-limits: check-memory: 'validation error: a memory limit is"
                        + " required.'");
        denied(
                "validation.gatekeeper.sh",
                "[must-have-limits] container <discovery> has no memory limit\\n[repos] container <discovery> has an invalid"
                        + " image repo <hub/pilot:1.30.3>",
                "admission webhook \"validation.gatekeeper.sh\" denied the request: [must-have-limits] container <discovery> has"
                        + " no memory limit [repos] container <discovery> has an invalid image repo <hub/pilot:1.30.3>");
    }

    private void denied(String webhook, String words, String told) {
        TestAuthority authority = new TestAuthority("policy-ca");
        try (RecordingApiServer policy = new RecordingApiServer(authority.server("127.0.0.1"))
                .answers(call -> new RecordingApiServer.Answer(
                        200, """
                        {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
                         "response": {"uid": "%s", "allowed": false, "status": {"code": 403, "message": "%s"}}}
                        """.formatted(call.body().replaceAll("(?s).*?\"uid\":\"([^\"]+)\".*", "$1"), words)))) {
            create("""
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: ValidatingWebhookConfiguration
                    metadata: {name: policy}
                    webhooks:
                    - name: %s
                      failurePolicy: Fail
                      sideEffects: None
                      admissionReviewVersions: [v1]
                      clientConfig: {url: "%s/validate", caBundle: %s}
                      rules: [{apiGroups: [""], apiVersions: ["*"], operations: [CREATE], resources: [pods]}]
                    """.formatted(webhook, policy.url(), TestAuthority.base64(authority.pem())));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(pods()).singleElement().satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
                        assertThat(finding.found()).isEqualTo(told);
                        assertThat(finding.advice()).contains("values", "exception");
                    }));
        }
        client.admissionRegistration().v1().validatingWebhookConfigurations().delete();
    }

    @Test
    void shouldNameAWebhookThatCoversOurPodsAndIsNotThere() {
        create("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: policy}
                webhooks:
                - name: validate.policy.example.org
                  failurePolicy: Fail
                  sideEffects: None
                  admissionReviewVersions: [v1]
                  clientConfig: {service: {name: policy-svc, namespace: policy}}
                  rules: [{apiGroups: [""], apiVersions: ["*"], operations: [CREATE], resources: [pods]}]
                """);

        assertThat(by(new AdmissionWebhooks(rendered)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found())
                        .isEqualTo("Service policy/policy-svc: no such Service, and failurePolicy Fail"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(pods())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.found())
                                .contains("failed calling webhook \"validate.policy.example.org\"")));
    }

    /** Soon it is no restart any more, and the step says which webhook it is. */
    @Test
    void shouldRefuseAWriteWithTheNameOfTheWebhookThatDoesNotAnswer() {
        create("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: policy}
                webhooks:
                - name: mutate.policy.example.org
                  failurePolicy: Fail
                  sideEffects: None
                  timeoutSeconds: 1
                  admissionReviewVersions: [v1]
                  clientConfig: {service: {name: policy-svc, namespace: policy}}
                  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}
                  rules: [{apiGroups: [""], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: [configmaps]}]
                """);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThatThrownBy(
                                () -> clusters.get(ONE).apply(CheckFindings.configMap("written", "a", "b")))
                        .isInstanceOf(StepFailed.class)
                        .hasMessageContaining(
                                "webhook mutate.policy.example.org of MutatingWebhookConfiguration policy",
                                "Service policy/policy-svc: no such Service"));
        client.admissionRegistration().v1().mutatingWebhookConfigurations().delete();
    }

    /** As Argo CD and Flux write: by their field managers, and by their marks. */
    @Test
    void shouldKnowWhoHasWrittenAnObject() {
        client.resource(ISTIOD).fieldManager("argocd-controller").serverSideApply();

        assertThat(by(new Ownership(rendered))).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(finding.what()).isEqualTo("Deployment istio-system/istiod");
            assertThat(finding.found()).isEqualTo("marks of Argo CD");
        });
    }

    @Test
    void shouldKnowWhoHasWrittenAnObjectInAnotherNamespace() {
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: istio-gateways}");
        String autoscaler = """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: gw, namespace: istio-gateways, labels: {helm.toolkit.fluxcd.io/name: mesh}}
                spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: gw}}
                """;
        create(autoscaler);

        assertThat(by(new Ownership(
                        CheckFindings.rendered(ManifestYaml.parse(autoscaler).get(0)))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).isEqualTo("HorizontalPodAutoscaler istio-gateways/gw");
                    assertThat(finding.found()).isEqualTo("marks of Flux (HelmRelease)");
                });
    }

    private List<Finding> pods() {
        return by(new PodAdmission(rendered));
    }

    private static List<Finding> by(Check check) {
        return check.check(MESH, ClusterSnapshot.of(clusters.get(ONE), MESH.member(ONE)));
    }

    private static void create(String yaml) {
        client.resource(yaml).serverSideApply();
    }
}

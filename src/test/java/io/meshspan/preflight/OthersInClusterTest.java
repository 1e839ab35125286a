package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.controlplane.IstioNamespaces;
import io.meshspan.controlplane.Primary;
import io.meshspan.controlplane.Remote;
import io.meshspan.difference.PlanProperties;
import io.meshspan.difference.PlanProperties.IgnoredDifference;
import io.meshspan.difference.PlanProperties.StandIn;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.kubernetes.Admissions;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.ManifestYaml;
import io.meshspan.mesh.HelmValues;
import io.meshspan.verification.MeshVerification;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OthersInClusterTest {

    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: policy}
            webhooks:
            - name: validate.policy.example.org
              failurePolicy: %s
              clientConfig: {service: {name: policy-svc, namespace: policy}}
              namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [%s]}]}
              rules: [{apiGroups: ["%s"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["%s"]}]
            """;
    private static final String SERVICE =
            "apiVersion: v1\nkind: Service\nmetadata: {name: policy-svc, namespace: policy}\nspec: {}";
    private static final String ENDPOINTS = """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            addressType: IPv4
            metadata: {name: policy-svc-1, namespace: policy, labels: {kubernetes.io/service-name: policy-svc}}
            endpoints: [{addresses: [10.0.0.1], conditions: {ready: %s}}]
            """;
    private static final String INJECTOR = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: {name: %s, labels: {istio.io/rev: %s%s}}
            webhooks:
            - name: namespace.sidecar-injector.istio.io
              clientConfig: {service: {name: istiod, namespace: istio-system}}
              namespaceSelector: {matchExpressions: [{key: %s, operator: In, values: [%s]}]}
              rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
            """;

    private final IstioNamespaces namespaces = mock(IstioNamespaces.class);
    private final Primary primary = mock(Primary.class);
    private final MeshVerification verification = mock(MeshVerification.class);
    private final RenderedObjects rendered = new RenderedObjects(
            namespaces,
            primary,
            mock(Remote.class),
            mock(EastWestGateway.class),
            mock(IngressGateway.class),
            verification);

    @BeforeEach
    void aControlPlane() {
        given(namespaces.desired(any(), any()))
                .willAnswer(call ->
                        List.of(IstioNamespace.desired(call.getArgument(0), call.getArgument(1), HelmValues.NONE)));
        given(primary.desired(any(), any()))
                .willReturn(List.copyOf(ManifestYaml.parse("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: istiod, namespace: istio-system}
                spec:
                  selector: {matchLabels: {app: istiod}}
                  template:
                    metadata: {labels: {app: istiod}}
                    spec: {serviceAccountName: istiod, containers: [{name: discovery, image: hub/pilot:1.30.3}]}
                ---
                """
                        + INJECTOR.formatted("istio-sidecar-injector", "default", "", "istio-injection", "enabled"))));
    }

    @ParameterizedTest
    @CsvSource({
        "Fail,   kube-system,  '*',  '*',        'no such Service'",
        "Fail,   kube-system,  apps, deployments, 'no such Service'",
        "Fail,   kube-system,  '',   'pods/*',   'no such Service'",
        "Fail,   kube-system,  '',   secrets,    'no such Service'",
        "Ignore, kube-system,  '*',  '*',        ''",
        "Fail,   istio-system, apps, deployments, ''",
        "Fail,   kube-system,  batch, jobs,      ''",
    })
    void shouldNameAWebhookThatMustBeAskedAndIsNotThere(
            String policy, String spared, String group, String resource, String found) {
        ClusterInMemory cluster = cluster(POLICY.formatted(policy, spared, group, resource));

        List<Finding> findings = CheckFindings.of(new AdmissionWebhooks(rendered), cluster);

        if (found.isEmpty()) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
                assertThat(finding.what()).contains("validate.policy.example.org");
                assertThat(finding.found()).contains("policy/policy-svc", found);
            });
        }
    }

    @Test
    void shouldLookWhetherSomebodyStandsBehindTheService() {
        String webhook = POLICY.formatted("Fail", "kube-system", "*", "*");

        assertThat(CheckFindings.of(new AdmissionWebhooks(rendered), cluster(webhook, SERVICE)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("no ready endpoint"));
        assertThat(CheckFindings.of(
                        new AdmissionWebhooks(rendered), cluster(webhook, SERVICE, ENDPOINTS.formatted("false"))))
                .hasSize(1);
        assertThat(CheckFindings.of(
                        new AdmissionWebhooks(rendered), cluster(webhook, SERVICE, ENDPOINTS.formatted("true"))))
                .isEmpty();
    }

    @Test
    void shouldAskWhetherPodsWouldBeLetInAndTellThePolicysWords() {
        ClusterInMemory cluster = cluster("apiVersion: v1\nkind: Namespace\nmetadata: {name: istio-system}")
                .admits(pod -> Admissions.refused("violates PodSecurity \"restricted:latest\""));

        assertThat(CheckFindings.of(new PodAdmission(rendered), cluster))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
                    assertThat(finding.what()).isEqualTo("pods of Deployment istio-system/istiod");
                    assertThat(finding.found()).contains("violates PodSecurity");
                });
        Pod asked = cluster.asked().get(0);
        assertThat(asked.getSpec().getServiceAccountName()).isEqualTo("istiod");
        assertThat(asked.getSpec().getContainers())
                .extracting(container -> container.getImage())
                .containsExactly("hub/pilot:1.30.3");
    }

    /** Injection gives a gateway its security context: what is refused before may be let in after. */
    @Test
    void shouldOnlyWarnOfAGatewayThatNobodyCanInjectYet() {
        given(primary.desired(any(), any())).willReturn(List.copyOf(ManifestYaml.parse("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: gateway, namespace: istio-system}
                spec: {template: {spec: {containers: [{name: proxy, image: auto}, {name: x, image: hub/pilot:1.30.3}]}}}
                """)));
        ClusterInMemory cluster = cluster().admits(pod -> Admissions.refused("violates PodSecurity"));

        assertThat(CheckFindings.of(new PodAdmission(rendered), cluster))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.found()).isEqualTo("before injection fills them in: violates PodSecurity");
                });
        assertThat(cluster.asked().get(0).getSpec().getContainers())
                .extracting(container -> container.getImage())
                .containsExactly("hub/proxyv2:1.30.3", "hub/pilot:1.30.3");
    }

    @Test
    void shouldOnlyWarnOfPodsThatTheChangeDoesNotMakeAnew() {
        ClusterInMemory cluster = cluster(
                        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: istiod, namespace: istio-system}")
                .admits(pod -> Admissions.refused("exceeded quota"));

        assertThat(CheckFindings.of(new PodAdmission(rendered), cluster))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
    }

    @Test
    void shouldSayWhereNobodyCouldBeAskedUnlessThePlanSaysSo() {
        assertThat(CheckFindings.of(
                        new PodAdmission(rendered),
                        cluster().admits(pod -> Admissions.notAsked("no right to create pods"))))
                .extracting(Finding::severity)
                .containsExactly(Severity.NOTE);
        assertThat(CheckFindings.of(
                        new PodAdmission(rendered),
                        cluster().admits(pod -> Admissions.notAsked("Namespace istio-system is not there yet"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "istio-revision-tag-default, 1-29,    ', istio.io/tag: default', istio-injection, enabled, BLOCKING",
        "istio-revision-tag-default, default, ', istio.io/tag: default', istio-injection, enabled, WARNING",
        "istio-sidecar-injector-x,   x,       '',                        istio-injection, enabled, BLOCKING",
        "istio-sidecar-injector-x,   x,       '',                        istio.io/rev,    x,       ''",
    })
    void shouldFindASecondControlPlaneThatInjectsTheSameNamespaces(
            String name, String revision, String tag, String key, String value, String severity) {
        ClusterInMemory cluster = cluster(INJECTOR.formatted(name, revision, tag, key, value));

        assertThat(CheckFindings.of(new InjectionOverlap(rendered), cluster))
                .extracting(finding -> finding.severity().name())
                .containsExactlyElementsOf(severity.isEmpty() ? List.of() : List.of(severity));
    }

    @ParameterizedTest
    @CsvSource({
        "'true',  '',      '',      1",
        "'true',  'false', '',      1",
        "'true',  'true',  '',      0",
        "'false', '',      '',      0",
        "'false', '',      'true',  1",
        "'false', 'true',  'true',  0",
    })
    void shouldKnowTheSettingsOfCiliumThatHideServicesFromSidecars(
            String replacement, String hostOnly, String socket, int findings) {
        ClusterInMemory cluster = cluster(
                "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: cilium, namespace: kube-system}",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: cilium-config, namespace: kube-system}
                data: {kube-proxy-replacement: "%s", bpf-lb-sock-hostns-only: "%s", bpf-lb-sock: "%s"}
                """.formatted(replacement, hostOnly, socket));

        assertThat(CheckFindings.of(new NodeNetworking(rendered), cluster)).hasSize(findings);
    }

    @Test
    void shouldKnowThatCiliumRemovesIstiosPluginAndThatAmbientIsThere() {
        ClusterInMemory cluster = cluster(
                "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: cilium, namespace: kube-system}",
                "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: istio-cni-node, namespace: kube-system}",
                "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: ztunnel, namespace: istio-system}",
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cilium-config, namespace: kube-system}\ndata: {cni-exclusive: \"true\"}");

        assertThat(CheckFindings.of(new NodeNetworking(rendered), cluster))
                .extracting(finding -> finding.severity() + " " + finding.what())
                .containsExactly("WARNING ConfigMap cilium-config", "WARNING DaemonSet istio-system/ztunnel");
        assertThat(CheckFindings.of(
                        new NodeNetworking(rendered),
                        cluster.with(CheckFindings.configMap("values", "merged-values", "{\"profile\":\"ambient\"}"))))
                .filteredOn(finding -> finding.severity() == Severity.BLOCKING)
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("shop"));
    }

    /** Every injected pod would wait for a redirection that nobody sets up. */
    @ParameterizedTest
    @CsvSource({"true, '', 1", "true, istio-cni-node, 0", "true, istio-cni-node-v2-5, 0", "false, '', 0"})
    void shouldMissThePluginThatTheValuesRelyOn(String enabled, String agent, int findings) {
        given(primary.desired(any(), any())).willReturn(List.copyOf(ManifestYaml.parse("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio-sidecar-injector, namespace: istio-system}
                data: {values: '{"pilot": {"cni": {"enabled": %s}}}'}
                """.formatted(enabled))));
        ClusterInMemory cluster = agent.isEmpty()
                ? cluster()
                : cluster("apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: %s, namespace: kube-system}"
                        .formatted(agent));

        assertThat(CheckFindings.of(new NodeNetworking(rendered), cluster))
                .hasSize(findings)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.BLOCKING));
    }

    @Test
    void shouldTellWhichServicesIstiodTakesForGateways() {
        String labelled =
                "apiVersion: v1\nkind: Service\nmetadata: {name: gw, namespace: edge, labels: {topology.istio.io/network: %s}}\nspec: {}";

        assertThat(CheckFindings.of(
                        new NetworkGateways(rendered),
                        CheckFindings.PRIMARY_REMOTE,
                        cluster(labelled.formatted("network9"))))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
        assertThat(CheckFindings.of(
                        new NetworkGateways(rendered),
                        CheckFindings.PRIMARY_REMOTE,
                        cluster(labelled.formatted("network1"))))
                .extracting(Finding::severity)
                .containsExactly(Severity.NOTE);
    }

    @Test
    void shouldTellTheApproverWhatIsNotCompared() {
        PlanProperties plans = new PlanProperties(
                List.of(new IgnoredDifference("Deployment", "*", List.of("/metadata/annotations/a"), List.of("tuner"))),
                new StandIn(null, false));

        assertThat(CheckFindings.of(new IgnoredDifferences(plans), cluster()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found())
                        .isEqualTo("Deployment: /metadata/annotations/a, fields of manager tuner"));
    }

    private static ClusterInMemory cluster(String... objects) {
        ClusterInMemory cluster = new ClusterInMemory("cluster1");
        for (String object : objects) {
            cluster.with(new KubernetesSerialization().unmarshal(object, HasMetadata.class));
        }
        return cluster;
    }
}

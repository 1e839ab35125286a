package io.meshspan.difference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.manifest.ManifestYaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookFieldsTest {

    @Test
    void shouldLetStandWhatIstiodSet() {
        GenericKubernetesResource kept = WebhookFields.keep(
                configuration("rev.validation.istio.io", "failurePolicy: Fail", "caBundle: aXN0aW9k"),
                configuration("rev.validation.istio.io", "failurePolicy: Ignore", "caBundle: ''"));

        assertThat(webhook(kept)).containsEntry("failurePolicy", "Fail");
        assertThat(webhook(kept).get("clientConfig")).isEqualTo(Map.of("caBundle", "aXN0aW9k"));
    }

    @Test
    void shouldNotAddAnEmptyBundleWhereThereIsNone() {
        GenericKubernetesResource kept = WebhookFields.keep(
                configuration("rev.validation.istio.io", "failurePolicy: Fail", "url: https://192.0.2.1"),
                configuration("rev.validation.istio.io", "failurePolicy: Ignore", "caBundle: ''"));

        assertThat(webhook(kept).get("clientConfig")).isEqualTo(Map.of());
    }

    @Test
    void shouldRenderAWebhookThatIsNewAsTheChartHasIt() {
        GenericKubernetesResource kept = WebhookFields.keep(
                configuration("another.istio.io", "failurePolicy: Fail", "caBundle: aXN0aW9k"),
                configuration("rev.validation.istio.io", "failurePolicy: Ignore", "caBundle: ''"));

        assertThat(webhook(kept)).containsEntry("failurePolicy", "Ignore");
    }

    @Test
    void shouldLeaveOtherKindsAlone() {
        GenericKubernetesResource desired = one("""
                kind: ConfigMap
                metadata: {name: c}
                webhooks: [{name: w, failurePolicy: Ignore}]
                """);
        GenericKubernetesResource live = one("""
                kind: ConfigMap
                metadata: {name: c}
                webhooks: [{name: w, failurePolicy: Fail}]
                """);

        assertThat(webhook(WebhookFields.keep(live, desired))).containsEntry("failurePolicy", "Ignore");
    }

    @Test
    void shouldLeaveTheWishAsItIsForTheNextCluster() {
        GenericKubernetesResource wish =
                configuration("rev.validation.istio.io", "failurePolicy: Ignore", "caBundle: ''");

        WebhookFields.keep(configuration("rev.validation.istio.io", "failurePolicy: Fail", "caBundle: aXN0aW9k"), wish);

        assertThat(wish).isEqualTo(configuration("rev.validation.istio.io", "failurePolicy: Ignore", "caBundle: ''"));
    }

    /** AKS's enforcer puts its expressions back within seconds wherever they are taken out. */
    @Test
    void shouldKeepWhatAProvidersControllerAddsToSelectors() {
        GenericKubernetesResource kept =
                WebhookFields.keep(selecting("admissionsenforcer", """
                - {key: istio.io/rev, operator: In, values: [old]}
                - {key: control-plane, operator: NotIn, values: ['true']}"""), selecting("meshspan", """
                - {key: istio.io/rev, operator: In, values: [default]}"""));

        assertThat(kept.<List<Map<String, Object>>>get("webhooks", 0, "namespaceSelector", "matchExpressions"))
                .extracting(expression -> expression.get("key") + " " + expression.get("values"))
                .containsExactly("control-plane [true]", "istio.io/rev [default]");
    }

    @Test
    void shouldNotKeepWhatAPersonAddsToASelector() {
        GenericKubernetesResource desired =
                selecting("meshspan", "- {key: istio.io/rev, operator: In, values: [default]}");

        GenericKubernetesResource kept = WebhookFields.keep(
                selecting("kubectl-edit", "- {key: control-plane, operator: NotIn, values: ['true']}"), desired);

        assertThat(kept.<List<Object>>get("webhooks", 0, "namespaceSelector", "matchExpressions"))
                .isEqualTo(desired.<List<Object>>get("webhooks", 0, "namespaceSelector", "matchExpressions"));
    }

    private static GenericKubernetesResource selecting(String manager, String expressions) {
        return one("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata:
                  name: istio-sidecar-injector
                  managedFields: [{manager: %s}]
                webhooks:
                - name: one
                  clientConfig: {}
                  namespaceSelector:
                    matchExpressions:
                %s
                """.formatted(manager, expressions.indent(4).stripTrailing()));
    }

    private static GenericKubernetesResource configuration(String name, String policy, String client) {
        return one("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata:
                  name: istio-validator
                webhooks:
                - name: %s
                  %s
                  clientConfig:
                    %s
                """.formatted(name, policy, client));
    }

    private static GenericKubernetesResource one(String yaml) {
        return ManifestYaml.parse(yaml).get(0);
    }

    private static Map<String, Object> webhook(GenericKubernetesResource configuration) {
        return configuration.<Map<String, Object>>get("webhooks", 0);
    }
}

package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailingWebhookTest {

    private static final String WORDS =
            "Internal error occurred: failed calling webhook \"validate.example.org\": no endpoints";
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @Test
    void shouldReadTheNameOfTheWebhookThatTheApiServerComplainsOf() {
        assertThat(FailingWebhook.named(answer(WORDS))).contains("validate.example.org");
        assertThat(FailingWebhook.named(
                        answer("conversion webhook for cert-manager.io/v1alpha2, Kind=CertificateRequest failed: Post"
                                + " \"https://cert-manager-webhook.cert-manager.svc:443/convert\": no endpoints")))
                .contains("conversion webhook for cert-manager.io/v1alpha2, Kind=CertificateRequest");
        assertThat(FailingWebhook.named(answer("etcdserver: request timed out")))
                .isEmpty();
    }

    @Test
    void shouldNameWhoKeepsItAndWhatIsWrongWithItsService() {
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(new ValidatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName("policy")
                        .endMetadata()
                        .addNewWebhook()
                        .withName("validate.example.org")
                        .withNewClientConfig()
                        .withNewService()
                        .withNamespace("policy")
                        .withName("policy-svc")
                        .endService()
                        .endClientConfig()
                        .endWebhook()
                        .build());

        assertThat(FailingWebhook.refusal(cluster, "ConfigMap a/b", "validate.example.org", "HTTP 500 " + WORDS))
                .hasMessageContaining("webhook validate.example.org of ValidatingWebhookConfiguration policy")
                .hasMessageContaining("its Service policy/policy-svc: no such Service. The API server is well.");
    }

    @Test
    void shouldTakeItForARestartForAWhile() {
        FailingWebhook webhooks = new FailingWebhook();

        assertThat(webhooks.stays("a", NOW)).isFalse();
        assertThat(webhooks.stays("a", NOW.plusSeconds(5))).isFalse();
        assertThat(webhooks.stays("b", NOW.plusSeconds(10))).isFalse();
        assertThat(webhooks.stays("a", NOW.plusSeconds(10))).isTrue();
        assertThat(webhooks.stays("a", NOW.plusSeconds(300))).isFalse();
    }

    private static KubernetesClientException answer(String message) {
        return new KubernetesClientException(
                message,
                500,
                new StatusBuilder().withCode(500).withMessage(message).build());
    }
}

package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ClusterInMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksTest {

    @ParameterizedTest
    @CsvSource({
        "istio-sidecar-injector, istiod, Fail,   Q0E=",
        "istio-sidecar-injector, istiod, Ignore, ''",
        "somebodys-webhook,      gone,   Fail,   ''"
    })
    void shouldLetWorkingWebhooksAndThoseOfOthersBe(String name, String service, String policy, String caBundle) {
        assertThat(CheckFindings.of(new Webhooks(), cluster(webhook(name, service, policy, caBundle))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "istio-sidecar-injector, gone,   Ignore, Q0E=, no such Service",
        "istio-sidecar-injector, gone,   Fail,   Q0E=, 'no such Service, while what it is asked about is refused without it'",
        "istio-sidecar-injector, istiod, Fail,   '',   'Fail and no caBundle, so that every call of it is refused'"
    })
    void shouldTellOfWebhooksThatLeadNowhere(
            String name, String service, String policy, String caBundle, String found) {
        assertThat(CheckFindings.of(new Webhooks(), cluster(webhook(name, service, policy, caBundle))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).isEqualTo(found));
    }

    @ParameterizedTest
    @CsvSource({"admissionsenforcer, 1", "gardener-resource-manager, 1", "kubectl, 0"})
    void shouldSayThatAProvidersControllerWritesToTheSelectors(String manager, int notes) {
        MutatingWebhookConfiguration webhook = new MutatingWebhookConfigurationBuilder(
                        webhook("istio-sidecar-injector", "istiod", "Ignore", "Q0E="))
                .editMetadata()
                .addNewManagedField()
                .withManager(manager)
                .endManagedField()
                .endMetadata()
                .build();

        assertThat(CheckFindings.of(new Webhooks(), cluster(webhook)))
                .hasSize(notes)
                .allSatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                    assertThat(finding.advice()).contains("keeps them", "admissions.enforcer/disabled");
                });
    }

    private static ClusterInMemory cluster(MutatingWebhookConfiguration webhook) {
        return new ClusterInMemory("cluster1").with(webhook, CheckFindings.service("istio-system", "istiod"));
    }

    private static MutatingWebhookConfiguration webhook(String name, String service, String policy, String caBundle) {
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addNewWebhook()
                .withName("one.example.org")
                .withFailurePolicy(policy)
                .withNewClientConfig()
                .withCaBundle(caBundle)
                .withNewService()
                .withNamespace("istio-system")
                .withName(service)
                .endService()
                .endClientConfig()
                .endWebhook()
                .build();
    }
}

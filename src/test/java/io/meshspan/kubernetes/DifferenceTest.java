package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private final Service service = new ServiceBuilder()
            .withNewMetadata()
            .withName("helloworld")
            .addToLabels("app", "helloworld")
            .endMetadata()
            .withNewSpec()
            .addNewPort()
            .withName("http")
            .withPort(5000)
            .endPort()
            .endSpec()
            .build();

    @Test
    void shouldFindNoneBetweenEqualObjects() {
        assertThat(Difference.between(service, service.edit().build())).isEmpty();
    }

    @Test
    void shouldPassOverWhatOnlyCountsWrites() {
        Service written = service.edit()
                .editMetadata()
                .withGeneration(7L)
                .withResourceVersion("4711")
                .withUid("1")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .withManagedFields(new ManagedFieldsEntry())
                .endMetadata()
                .withNewStatus()
                .endStatus()
                .build();

        assertThat(Difference.between(service, written)).isEmpty();
    }

    @Test
    void shouldNameTheFieldsThatDiffer() {
        Service changed = service.edit()
                .editMetadata()
                .addToLabels("app", "other")
                .addToAnnotations("new", "yes")
                .endMetadata()
                .editSpec()
                .editFirstPort()
                .withPort(5001)
                .endPort()
                .endSpec()
                .build();

        assertThat(Difference.between(service, changed))
                .containsExactly("metadata.annotations", "metadata.labels.app", "spec.ports[0].port");
    }

    @Test
    void shouldNameAListOfAnotherLengthAsAWhole() {
        Service longer = service.edit()
                .editSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();

        assertThat(Difference.between(service, longer)).containsExactly("spec.ports");
    }
}

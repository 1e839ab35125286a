package io.meshspan.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshspan.drift.DriftedObject.FieldWriter;
import org.junit.jupiter.api.Test;

class FieldOwnersTest {

    /** As a real API server has it after kubectl edit, kubectl label and a scale. */
    private static final String EDITED = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: istiod
              managedFields:
              - manager: meshspan
                operation: Apply
                time: "2026-11-01T10:00:00Z"
                fieldsType: FieldsV1
                fieldsV1:
                  f:metadata: {f:labels: {"f:app.kubernetes.io/name": {}, "f:app": {}}}
                  f:spec:
                    f:template:
                      f:spec:
                        f:containers:
                          'k:{"name":"discovery"}': {".": {}, f:name: {}, f:image: {}}
              - manager: kubectl-edit
                operation: Update
                time: "2026-11-02T10:00:00Z"
                fieldsType: FieldsV1
                fieldsV1:
                  f:spec:
                    f:template:
                      f:spec:
                        f:containers:
                          'k:{"name":"discovery"}': {f:resources: {f:requests: {f:cpu: {}}}}
              - manager: kubectl-label
                operation: Update
                time: "2026-11-03T10:00:00Z"
                fieldsType: FieldsV1
                fieldsV1: {f:metadata: {f:labels: {f:team: {}}}}
              - manager: kube-controller-manager
                operation: Update
                subresource: status
                time: "2026-11-04T10:00:00Z"
                fieldsType: FieldsV1
                fieldsV1: {f:status: {f:replicas: {}}}
            """;

    private final FieldOwners owners =
            new FieldOwners(Serialization.unmarshal(EDITED, GenericKubernetesResource.class));

    @Test
    void shouldNameWhoWroteAField() {
        assertThat(owners.of("spec.template.spec.containers[discovery].resources.requests.cpu"))
                .containsExactly(new FieldWriter("kubectl-edit", "Update", "2026-11-02T10:00:00Z"));
        assertThat(owners.of("spec.template.spec.containers[discovery].image"))
                .extracting(FieldWriter::manager)
                .containsExactly("meshspan");
        assertThat(owners.of("metadata.labels.app.kubernetes.io/name"))
                .extracting(FieldWriter::manager)
                .containsExactly("meshspan");
    }

    @Test
    void shouldNameNobodyForAFieldThatIsGoneOrBelongsToAnotherElement() {
        assertThat(owners.of("spec.template.spec.containers[other].image")).isEmpty();
        assertThat(owners.of("spec.replicas")).isEmpty();
        assertThat(owners.of("metadata.labels.application")).isEmpty();
    }

    @Test
    void shouldNameTheFieldsOfOthersWithoutThoseOfControllers() {
        assertThat(owners.all(manager -> !manager.equals("meshspan")))
                .extracting(FieldWriter::manager)
                .containsExactly("kubectl-edit", "kubectl-label");
        assertThat(owners.fields(manager -> manager.equals("kubectl-label"))).containsExactly("metadata.labels.team");
    }
}

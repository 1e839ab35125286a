package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.mesh.ClusterName;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectRestoreTest {

    private final Sandbox sandbox = Sandbox.start(SandboxCluster.named("cluster1", "network1"));
    private final KubernetesClient client = sandbox.client("cluster1");
    private final ApiDiscovery apiDiscovery = new ApiDiscovery(client);
    private final ObjectRestore objectRestore =
            new ObjectRestore(new ClusterName("cluster1"), client, apiDiscovery, new ApiRequests(client));

    @Test
    void shouldPutBackWhoseTheFieldsAreAfterAnAttemptThatWasCutOff() {
        // given
        Namespace theirs = client.resource(namespace()).fieldManager("theirs").serverSideApply();
        ObjectRef object = ObjectRef.of(theirs);
        GenericKubernetesResource before = objectRestore.live(object).orElseThrow();
        client.resource(namespace()).fieldManager("meshspan").serverSideApply();

        // when
        AppliedObject finished = objectRestore.restore(before);
        AppliedObject again = objectRestore.restore(before);

        // then
        assertThat(finished.outcome()).isEqualTo(ApplyOutcome.PATCHED);
        assertThat(managers(object)).containsExactly("theirs");
        assertThat(again.outcome()).isEqualTo(ApplyOutcome.UNCHANGED);
    }

    private List<String> managers(ObjectRef object) {
        return objectRestore.live(object).orElseThrow().getMetadata().getManagedFields().stream()
                .map(ManagedFieldsEntry::getManager)
                .toList();
    }

    private static Namespace namespace() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName("theirs")
                .endMetadata()
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        sandbox.close();
    }
}

package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/** Active with a default ServiceAccount and the API server's CA; on deletion first its content goes, then the namespace itself. */
final class NamespaceController implements Controller {

    @Override
    public void reconcile(RunningCluster cluster) {
        Store store = cluster.store();
        for (ObjectNode namespace : store.list("", "namespaces", "")) {
            String name = Json.name(namespace);
            Key key = new Key("", "namespaces", "", name);
            if (namespace.path("metadata").has("deletionTimestamp")) {
                store.keysIn(name).forEach(store::remove);
                store.remove(key);
            } else {
                store.edit(key, live -> live.withObject("/status").put("phase", "Active"));
                store.create(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .withNamespace(name)
                        .endMetadata()
                        .build());
                store.create(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("kube-root-ca.crt")
                        .withNamespace(name)
                        .endMetadata()
                        .addToData("ca.crt", cluster.authority())
                        .build());
            }
        }
    }
}

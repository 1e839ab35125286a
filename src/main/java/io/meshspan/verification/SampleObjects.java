package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.manifest.MeshNamespaces;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.Revision;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the sample consists of in one cluster, in the order in which it is applied. */
@Component
final class SampleObjects {

    private final VerificationProperties properties;

    SampleObjects(VerificationProperties properties) {
        this.properties = properties;
    }

    /** Injected by the control plane of that revision, or by the one without a name. */
    Namespace namespace(MeshId mesh, Revision revision) {
        Namespace namespace = new NamespaceBuilder(SampleYaml.read("namespace.yaml", Namespace.class))
                .editMetadata()
                .withName(properties.namespace())
                .addToLabels(
                        revision.isNamed()
                                ? Map.of("istio.io/rev", revision.value())
                                : Map.of("istio-injection", "enabled"))
                .endMetadata()
                .build();
        return MeshNamespaces.marked(namespace, mesh);
    }

    String namespaceName() {
        return properties.namespace();
    }

    List<HasMetadata> of(String version, Mesh mesh) {
        return List.of(
                namespace(mesh.id(), mesh.revision()),
                placed(SampleYaml.read("helloworld-service.yaml", Service.class)),
                placed(helloworld(version, properties.helloworldImage(mesh.version()))),
                placed(SampleYaml.read("curl-service-account.yaml", ServiceAccount.class)),
                placed(SampleYaml.read("curl-service.yaml", Service.class)),
                placed(curl()));
    }

    private HasMetadata placed(HasMetadata object) {
        object.getMetadata().setNamespace(properties.namespace());
        return object;
    }

    private Deployment curl() {
        return new DeploymentBuilder(SampleYaml.read("curl-deployment.yaml", Deployment.class))
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(properties.curlImage())
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** Any version on the image of v1, which answers with its variable SERVICE_VERSION (samples/helloworld/src/app.py). */
    private static Deployment helloworld(String version, String image) {
        return new DeploymentBuilder(SampleYaml.read("helloworld-deployment.yaml", Deployment.class))
                .editMetadata()
                .withName(SampleVersions.deployment(version))
                .addToLabels("version", version)
                .endMetadata()
                .editSpec()
                .editSelector()
                .addToMatchLabels("version", version)
                .endSelector()
                .editTemplate()
                .editMetadata()
                .addToLabels("version", version)
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .addNewEnv()
                .withName("SERVICE_VERSION")
                .withValue(version)
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}

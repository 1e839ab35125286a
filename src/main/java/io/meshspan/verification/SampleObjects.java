package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.manifest.MeshNamespaces;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.ValuesPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the sample consists of in one cluster, in the order in which it is applied. */
@Component
final class SampleObjects {

    /** On a Secret whose content is that of the Secret of the same name in istio-system. */
    static final String COPY = "meshspan.io/pull-secret-of-istio-system";

    private static final String PURPOSE = "sample";

    private final VerificationProperties properties;
    private final ValuesLayers layers;

    SampleObjects(VerificationProperties properties, ValuesLayers layers) {
        this.properties = properties;
        this.layers = layers;
    }

    /** Injected by the control plane of that revision, or by the one without a name. */
    Namespace namespace(MeshId mesh, Revision revision, HelmValues given) {
        Namespace namespace = new NamespaceBuilder(SampleYaml.read("namespace.yaml", Namespace.class))
                .editMetadata()
                .withName(properties.namespace())
                .addToLabels(MeshNamespaces.marks(given, PURPOSE, "labels"))
                .addToAnnotations(MeshNamespaces.marks(given, PURPOSE, "annotations"))
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

    List<HasMetadata> of(String version, Mesh mesh, Member member) {
        SamplePods pods = new SamplePods(layers, mesh, member);
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(namespace(mesh.id(), mesh.revision(), layers.given(ValuesPart.NAMESPACES, mesh, member)));
        pods.pullSecrets().forEach(name -> objects.add(placed(pullSecret(name))));
        objects.add(placed(SampleYaml.read("helloworld-service.yaml", Service.class)));
        objects.add(placed(pods.placed(HelloworldDeployment.of(version, properties.helloworldImage(mesh.version())))));
        objects.add(placed(SampleYaml.read("curl-service-account.yaml", ServiceAccount.class)));
        objects.add(placed(SampleYaml.read("curl-service.yaml", Service.class)));
        objects.add(placed(pods.placed(curl())));
        return objects;
    }

    /** Its content comes from the Secret of that name in istio-system, once it is applied: no plan has it. */
    private static HasMetadata pullSecret(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(COPY, "true")
                .endMetadata()
                .withType("kubernetes.io/dockerconfigjson")
                .build();
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
}

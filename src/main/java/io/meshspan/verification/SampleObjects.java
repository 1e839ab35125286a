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
import io.meshspan.mesh.ReplacedRevision;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.ValuesPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The sample's objects in one cluster, in the order in which they are applied. */
@Component
final class SampleObjects {

    /** Marks a Secret whose content comes from the Secret of the same name in istio-system. */
    static final String COPY = "meshspan.io/pull-secret-of-istio-system";

    private static final String PURPOSE = "sample";

    private final VerificationProperties properties;
    private final ValuesLayers layers;

    SampleObjects(VerificationProperties properties, ValuesLayers layers) {
        this.properties = properties;
        this.layers = layers;
    }

    /** Injected by the control plane of that revision, or by the default one. */
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
        objects.add(namespace(mesh.id(), revision(mesh, member), layers.given(ValuesPart.NAMESPACES, mesh, member)));
        pods.pullSecrets().forEach(name -> objects.add(placed(pullSecret(name))));
        objects.add(placed(SampleYaml.read("helloworld-service.yaml", Service.class)));
        objects.add(placed(pods.placed(helloworld(version, properties.helloworldImage(mesh.version())))));
        objects.add(placed(SampleYaml.read("curl-service-account.yaml", ServiceAccount.class)));
        objects.add(placed(SampleYaml.read("curl-service.yaml", Service.class)));
        objects.add(placed(pods.placed(curl())));
        return objects;
    }

    /** During an upgrade, every second cluster uses the older revision: so the calls go from each to the other. */
    private static Revision revision(Mesh mesh, Member member) {
        return mesh.replaced()
                .filter(older -> mesh.isUpgrade() && mesh.members().indexOf(member) % 2 == 1)
                .map(ReplacedRevision::revision)
                .orElse(mesh.revision());
    }

    /** When it is applied, its content is copied from the Secret of that name in istio-system. No plan contains it. */
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

    /** All versions use the image of v1, which answers with its variable SERVICE_VERSION (samples/helloworld/src/app.py). */
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

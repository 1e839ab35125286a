package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.mesh.IstioVersion;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the sample consists of in one cluster, in the order in which it is applied. */
@Component
final class SampleObjects {

    private final VerificationProperties properties;

    SampleObjects(VerificationProperties properties) {
        this.properties = properties;
    }

    Namespace namespace() {
        return new NamespaceBuilder(SampleYaml.read("namespace.yaml", Namespace.class))
                .editMetadata()
                .withName(properties.namespace())
                .endMetadata()
                .build();
    }

    List<HasMetadata> of(String version, IstioVersion istio) {
        return List.of(
                namespace(),
                placed(SampleYaml.read("helloworld-service.yaml", Service.class)),
                placed(HelloworldDeployment.of(version, properties.helloworldImage(istio))),
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
}

package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;

/** Any version on the image of v1, which answers with its variable SERVICE_VERSION (samples/helloworld/src/app.py). */
final class HelloworldDeployment {

    private HelloworldDeployment() {}

    static Deployment of(String version, String image) {
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

package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.stream.Collectors;

/** The images that an object has pulled. */
final class ContainerImages {

    private ContainerImages() {}

    /** Empty if it is no Deployment. */
    static String of(HasMetadata object) {
        return object instanceof Deployment deployment
                ? deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                        .map(Container::getImage)
                        .collect(Collectors.joining(", "))
                : "";
    }
}

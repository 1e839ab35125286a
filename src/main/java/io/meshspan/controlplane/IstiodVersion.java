package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.mesh.IstioVersion;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The version of an istiod that runs: by the tag of its image, else by the labels that its installer wrote. */
public final class IstiodVersion {

    private static final Pattern CHART = Pattern.compile("^(istiod-)?v?");
    private static final IstioVersion OF_SOURCE_TREE = new IstioVersion(1, 0, 0);

    private IstiodVersion() {}

    /** Empty if neither names a version: the image goes by a digest, or by a tag of the company's own. */
    public static Optional<IstioVersion> of(Deployment istiod) {
        return image(istiod).flatMap(IstioVersion::ofImage).or(() -> ofLabels(istiod));
    }

    /** The image of its first container. */
    public static Optional<String> image(Deployment istiod) {
        return istiod.getSpec().getTemplate().getSpec().getContainers().stream()
                .map(Container::getImage)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /** Charts of Istio's source tree have the version 1.0.0, whatever they install. */
    private static Optional<IstioVersion> ofLabels(Deployment istiod) {
        Map<String, String> labels =
                Optional.ofNullable(istiod.getMetadata().getLabels()).orElse(Map.of());
        return Stream.of("app.kubernetes.io/version", "operator.istio.io/version", "helm.sh/chart")
                .flatMap(label -> Stream.ofNullable(labels.get(label)))
                .map(label -> CHART.matcher(label).replaceFirst(""))
                .filter(IstioVersion::isVersion)
                .map(IstioVersion::parse)
                .filter(version -> !version.equals(OF_SOURCE_TREE))
                .findFirst();
    }
}

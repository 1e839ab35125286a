package io.meshspan.e2e;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The clusters to run on and the versions to install. */
record Settings(Path kubeconfig, List<GivenCluster> clusters, List<String> versions) {

    private static final String NEWEST = "1.30.3";

    static final String HOW_TO_NAME_CLUSTERS =
            "skipped, for it installs meshes on real clusters and none are named; name them by -D%s=path and -D%s=context1=network1,context2=network2@https://host:port"
                    .formatted(GivenObjects.KUBECONFIG.property(), GivenObjects.CLUSTERS.property());

    static boolean named() {
        return GivenObjects.KUBECONFIG.text().isPresent()
                && GivenObjects.CLUSTERS.text().isPresent();
    }

    static Settings read() {
        return new Settings(
                Path.of(GivenObjects.KUBECONFIG.text().orElseThrow()),
                list(GivenObjects.CLUSTERS.text().orElseThrow()).stream()
                        .map(GivenCluster::parse)
                        .toList(),
                list(GivenObjects.VERSIONS.text().orElse(NEWEST)));
    }

    /** Skips the test where the clusters cannot be steered as it needs. */
    static String steering(GivenObjects givenObjects) {
        Assumptions.assumeTrue(
                givenObjects.text().isPresent(),
                "skipped, for it must steer the last cluster; say how by -D" + givenObjects.property());
        return givenObjects.text().orElseThrow();
    }

    List<String> contexts() {
        return clusters.stream().map(GivenCluster::context).toList();
    }

    /** The one that tests break. */
    String last() {
        return contexts().get(clusters.size() - 1);
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).toList();
    }
}

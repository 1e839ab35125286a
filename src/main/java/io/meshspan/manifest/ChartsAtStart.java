package io.meshspan.manifest;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** A folder of charts that is not there is told at start-up; what is in it, when a version is asked for. */
@Component
final class ChartsAtStart implements InitializingBean {

    private final String source;

    ChartsAtStart(ChartProperties properties) {
        this.source = properties.source();
    }

    /** @throws StartFailed if there is no such folder */
    @Override
    public void afterPropertiesSet() {
        ChartLocation location = new ChartLocation(source);
        boolean onDisk = !location.isRepository() && !location.isRegistry();
        if (onDisk && !Files.isDirectory(lasting())) {
            throw new StartFailed(
                    ExitCode.CHARTS,
                    "The folder of charts %s is not there (meshspan.charts.source is %s)."
                            .formatted(lasting().toAbsolutePath(), source),
                    "Put Istio's charts there, or set meshspan.charts.source to another folder, a Helm repository"
                            + " (https://) or a registry (oci://).");
        }
    }

    /** The part that is the same for every version. */
    private Path lasting() {
        int version = source.indexOf("{version}");
        return version < 0
                ? Path.of(source)
                : Path.of(source.substring(0, version) + "x")
                        .toAbsolutePath()
                        .resolve("..")
                        .normalize();
    }
}

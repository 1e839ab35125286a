package io.meshspan.manifest;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which tool turns a mesh into objects.
 *
 * @param renderer {@code helm}: Istio's charts, rendered in process; {@code istioctl}: a child process
 */
@ConfigurationProperties("meshspan")
record RenderingProperties(
        @DefaultValue("helm") Tool renderer, @DefaultValue Istioctl istioctl) {

    enum Tool {
        HELM,
        ISTIOCTL
    }

    /**
     * @param path the program, or its name on PATH; {@code {version}} in it stands for the Istio version
     * @param limit after this long a run is ended
     */
    record Istioctl(
            @DefaultValue("istioctl") String path,
            @DefaultValue("60s") Duration limit) {

        Istioctl {
            if (path.isBlank()) {
                throw new IllegalArgumentException("meshspan.istioctl.path is empty; name the program istioctl");
            }
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException(
                        "meshspan.istioctl.limit is %s; it must be longer than nothing".formatted(limit));
            }
        }
    }
}

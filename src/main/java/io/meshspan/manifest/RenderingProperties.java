package io.meshspan.manifest;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The tool that turns a mesh into objects.
 *
 * @param renderer Which tool renders: helm, Istio's charts in process, or istioctl, a child process.
 * @param istioctl The program istioctl.
 * @param values A file or a folder with the values of Istio's charts for the whole company.
 */
@Validated
@ConfigurationProperties("meshspan")
record RenderingProperties(
        @DefaultValue("helm") Tool renderer,
        @DefaultValue @Valid Istioctl istioctl,
        @Nullable Path values) {

    enum Tool {
        HELM,
        ISTIOCTL
    }

    /**
     * The program istioctl.
     *
     * @param path The program or its name on PATH, with the mesh's minor version; {version} stands for the Istio version.
     * @param limit The longest time that a run may take.
     */
    record Istioctl(
            @DefaultValue("istioctl") @NotBlank String path,

            @DefaultValue("60s") @DurationMin(seconds = 1) @DurationMax(hours = 1)
            Duration limit) {}
}

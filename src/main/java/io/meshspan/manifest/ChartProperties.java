package io.meshspan.manifest;

import io.meshspan.mesh.ImageSource;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The source of Istio's charts.
 *
 * @param source A Helm repository (https://), a registry (oci://), or a folder with charts or their archives; in a folder,
 *     {version} stands for the Istio version.
 * @param username The user name for the repository or the registry.
 * @param password The password for the user name.
 * @param caFile PEM file with the certificates that verify the repository's or the registry's certificate; the machine's if
 *     absent.
 * @param hub The registry of Istio's images, Istio's global.hub; the charts' own if absent.
 * @param tag The images' tag, Istio's global.tag; the Istio version if absent.
 */
@Validated
@ConfigurationProperties("meshspan.charts")
record ChartProperties(
        @DefaultValue("https://blob.istio.io/istio-release/charts")
        @Pattern(
                regexp = "(https?|oci)://([\\w.-]+|\\[[0-9a-fA-F:]+])(:\\d{1,5})?(/[\\w./~%+-]*)?|(?!.*://).+",
                message = "a Helm repository (https://HOST/PATH), a registry (oci://HOST/PATH) or a folder")
        String source,

        @Nullable String username,
        @Nullable ChartPassword password,
        @Nullable Path caFile,

        @Nullable
        @Pattern(
                regexp = ImageSource.HUB_FORM,
                message = "a registry and a path in it, such as registry.example.org/istio")
        String hub,

        @Nullable @Pattern(regexp = ImageSource.TAG_FORM, message = "a tag of an image, such as 1.30.3")
        String tag) {

    /** Counts empty texts as absent. */
    ChartProperties {
        if (username != null && username.isBlank()) {
            username = null;
        }
        if (password != null && password.text().isBlank()) {
            password = null;
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException(
                    "meshspan.charts.username and meshspan.charts.password, both or none; one of them is missing");
        }
    }

    Optional<Login> login() {
        return username == null || password == null ? Optional.empty() : Optional.of(new Login(username, password));
    }

    /** The login in the form that a repository or a registry expects. */
    record Login(String username, ChartPassword password) {}
}

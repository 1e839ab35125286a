package io.meshspan.verification;

import io.meshspan.mesh.DnsLabel;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Since;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a mesh is tried out.
 *
 * @param helloworldImage Image of every HelloWorld version; none means the one that Istio publishes for the mesh's release.
 * @param curlImage Image of the client pod; needs sh, seq, sleep and curl.
 * @param missChance Chance that a version of a healthy mesh goes unseen: it decides the number of calls.
 * @param namespace Namespace of the sample; Meshspan makes it and removes it.
 */
@Validated
@ConfigurationProperties("meshspan.verification")
record VerificationProperties(
        @Nullable @Pattern(regexp = "(" + IMAGE + ")?", message = IMAGE_IN_WORDS)
        String helloworldImage,

        @DefaultValue("curlimages/curl:8.16.0") @Pattern(regexp = IMAGE, message = IMAGE_IN_WORDS)
        String curlImage,

        @DefaultValue("0.001") @DecimalMin("0.000001") @DecimalMax("0.5")
        double missChance,

        @DefaultValue("sample") @Pattern(regexp = DnsLabel.FORM, message = DnsLabel.IN_WORDS)
        String namespace) {

    private static final String IMAGE = "[a-z0-9][\\w.:/@-]*";
    private static final String IMAGE_IN_WORDS = "an image such as registry.example.org/curl:8.16.0";

    /** Istio moved its own images to this registry with 1.30.0 (samples/helloworld of that tag). */
    private static final String SINCE_1_30 = "registry.istio.io/release/examples-helloworld-v1:1.0";

    private static final String BEFORE_1_30 = "docker.io/istio/examples-helloworld-v1:1.0";

    String helloworldImage(IstioVersion version) {
        if (helloworldImage != null && !helloworldImage.isBlank()) {
            return helloworldImage;
        }
        return Since.SAMPLES_IN_OWN_REGISTRY.in(version) ? SINCE_1_30 : BEFORE_1_30;
    }
}

package io.meshspan.verification;

import io.meshspan.mesh.DnsLabel;
import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.IstioVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a mesh is tried out.
 *
 * @param helloworldImage image of every HelloWorld version; none means the one that Istio publishes for the mesh's release
 * @param curlImage image of the client pod; needs {@code sh}, {@code seq}, {@code sleep} and {@code curl}
 * @param missChance chance, between 0 and 1, that a version of a healthy mesh goes unseen: decides the number of calls
 * @param namespace namespace of the sample; Meshspan makes it and removes it
 */
@ConfigurationProperties("meshspan.verification")
record VerificationProperties(
        @Nullable String helloworldImage,
        @DefaultValue("curlimages/curl:8.16.0") String curlImage,
        @DefaultValue("0.001") double missChance,
        @DefaultValue("sample") String namespace) {

    VerificationProperties {
        if (!(missChance > 0 && missChance < 1)) {
            throw new IllegalArgumentException(
                    "meshspan.verification.miss-chance is %s; it must lie between 0 and 1".formatted(missChance));
        }
        if (!DnsLabel.matches(namespace)) {
            throw new IllegalArgumentException(
                    "meshspan.verification.namespace '%s' is not a DNS-1123 label".formatted(namespace));
        }
    }

    String helloworldImage(IstioVersion version) {
        if (helloworldImage != null && !helloworldImage.isBlank()) {
            return helloworldImage;
        }
        return IstioRelease.helloworldImage(version);
    }
}

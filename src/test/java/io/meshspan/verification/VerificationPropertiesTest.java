package io.meshspan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.mesh.IstioVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class VerificationPropertiesTest {

    @Test
    void shouldHaveDefaults() {
        assertThat(bind(Map.of())).isEqualTo(StubClusters.DEFAULTS);
    }

    @Test
    void shouldTakeImagesChanceAndNamespace() {
        VerificationProperties bound = bind(Map.of(
                "meshspan.verification.helloworld-image", "registry.example/hello:2",
                "meshspan.verification.curl-image", "registry.example/curl:1",
                "meshspan.verification.miss-chance", "0.01",
                "meshspan.verification.namespace", "try"));

        assertThat(bound)
                .isEqualTo(
                        new VerificationProperties("registry.example/hello:2", "registry.example/curl:1", 0.01, "try"));
        assertThat(bound.helloworldImage(IstioVersion.parse("1.28.10"))).isEqualTo("registry.example/hello:2");
    }

    private static VerificationProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("meshspan.verification", VerificationProperties.class);
    }
}

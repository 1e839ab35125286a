package io.meshspan.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class TrustPropertiesTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Configured.class);

    @Test
    void shouldNeedNothingButAPassword() {
        application
                .withPropertyValues("meshspan.trust.keystore-password=s3cret")
                .run(context -> {
                    TrustProperties properties = context.getBean(TrustProperties.class);
                    assertThat(properties.keystorePassword().characters()).containsExactly("s3cret".toCharArray());
                    assertThat(properties.keystore()).isEqualTo(Path.of("data/root-ca.p12"));
                    assertThat(properties.keyType()).isEqualTo(KeyType.EC_P256);
                    assertThat(properties.rootValidity()).isEqualTo(Duration.ofDays(3650));
                    assertThat(properties.intermediateValidity()).isEqualTo(Duration.ofDays(3650));
                    assertThat(properties.toString()).contains("root-ca.p12").doesNotContain("s3cret");
                });
    }

    @Test
    void shouldRefuseToStartWithoutAPassword() {
        application.run(context -> assertThat(message(context.getStartupFailure()))
                .contains("meshspan.trust.keystore-password is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root-validity=-1d", "root-validity=long", "key-type=DSA", "intermediate-validity=1m"})
    void shouldNotShowThePasswordWhenAnotherPropertyIsWrong(String wrong) {
        application
                .withPropertyValues("meshspan.trust.keystore-password=s3cret", "meshspan.trust." + wrong)
                .run(context -> assertThat(message(context.getStartupFailure()))
                        .containsIgnoringCase(wrong.substring(wrong.indexOf('-') + 1, wrong.indexOf('=')))
                        .doesNotContain("s3cret"));
    }

    /** All that a failed start prints: the stack trace, and the analysis of Spring Boot. */
    private static String message(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, unusable) -> {}))
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .map(FailureAnalysis::getDescription)
                .forEach(text::write);
        return text.toString();
    }

    @EnableConfigurationProperties(TrustProperties.class)
    static class Configured {}
}

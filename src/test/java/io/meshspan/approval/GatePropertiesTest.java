package io.meshspan.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class GatePropertiesTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Gates.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({GateProperties.class, EmergencyProperties.class})
    static class Gates {}

    @Test
    void shouldAskForThePlanAloneUnlessToldOtherwise() {
        application.run(context -> {
            GateProperties gates = context.getBean(GateProperties.class);
            assertThat(gates.of(GateName.PLAN).enabled()).isTrue();
            assertThat(gates.of(GateName.EXPOSURE).enabled()).isFalse();
            assertThat(gates.of(GateName.ACCEPTANCE).enabled()).isFalse();
            assertThat(gates.plan().validFor()).isEqualTo(Duration.ofHours(24));
            assertThat(context.getBean(EmergencyProperties.class).requesters()).isEmpty();
        });
    }

    @Test
    void shouldReadWhoDecidesAndForHowLong() {
        application
                .withPropertyValues(
                        "meshspan.gates.exposure.enabled=true",
                        "meshspan.gates.exposure.deciders=network,security",
                        "meshspan.gates.exposure.answer-within=2h")
                .run(context -> assertThat(context.getBean(GateProperties.class).of(GateName.EXPOSURE))
                        .isEqualTo(
                                new GateSettings(true, java.util.List.of("network", "security"), Duration.ofHours(2))));
    }

    @Test
    void shouldNotStartWithoutTheGateOfThePlan() {
        application
                .withPropertyValues("meshspan.gates.plan.enabled=false")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasStackTraceContaining("the plan of a change always needs approval"));
    }

    @Test
    void shouldNotStartWithAGateThatNobodyKeeps() {
        application
                .withPropertyValues("meshspan.gates.acceptance.deciders=")
                .run(context -> assertThat(context).hasFailed());
    }
}

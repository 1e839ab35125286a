package io.meshspan.approval;

import jakarta.validation.Valid;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The gates of a change.
 *
 * @param plan The approval of the plan, which nothing turns off.
 * @param exposure A question of its own before gateways get external addresses. Off by default: the plan names the gateways too.
 * @param acceptance Somebody accepts the verified mesh. Off by default: the verification measures what would be accepted.
 */
@Validated
@ConfigurationProperties("meshspan.gates")
record GateProperties(
        @DefaultValue @Valid @NestedConfigurationProperty PlanGate plan,
        @DefaultValue @Valid @NestedConfigurationProperty GateSettings exposure,
        @DefaultValue @Valid @NestedConfigurationProperty GateSettings acceptance) {

    GateSettings of(GateName name) {
        return switch (name) {
            case PLAN -> plan.settings();
            case EXPOSURE -> exposure;
            case ACCEPTANCE -> acceptance;
        };
    }
}

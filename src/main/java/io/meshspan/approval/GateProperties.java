package io.meshspan.approval;

import jakarta.validation.Valid;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The gates of a change, {@code meshspan.gates.plan}, {@code .exposure} and {@code .acceptance}.
 *
 * @param exposure off by default: the plan, which always needs approval, names the gateways too
 * @param acceptance off by default: the verification measures what would be accepted
 */
@Validated
@ConfigurationProperties("meshspan.gates")
record GateProperties(
        @DefaultValue @Valid PlanGate plan,
        @DefaultValue @Valid GateSettings exposure,
        @DefaultValue @Valid GateSettings acceptance) {

    GateSettings of(GateName name) {
        return switch (name) {
            case PLAN -> plan.settings();
            case EXPOSURE -> exposure;
            case ACCEPTANCE -> acceptance;
        };
    }
}

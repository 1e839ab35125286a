package io.meshspan.approval;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
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

    /**
     * The gate that nothing turns off.
     *
     * @param enabled Always true: the plan of a change always needs approval.
     * @param deciders Groups of which somebody else than the requester approves the plan.
     * @param answerWithin How long the question stays open.
     * @param validFor How old the approval may be when the first cluster is touched; an older one is asked for anew.
     */
    record PlanGate(
            @DefaultValue("true") @AssertTrue(message = "true: the plan of a change always needs approval")
            boolean enabled,

            @DefaultValue("change-managers") @NotEmpty List<@NotBlank String> deciders,

            @DefaultValue("7d") @DurationMin(minutes = 1) @DurationMax(days = 365)
            Duration answerWithin,

            @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 365)
            Duration validFor) {

        PlanGate {
            deciders = List.copyOf(deciders);
        }

        GateSettings settings() {
            return new GateSettings(enabled, deciders, answerWithin);
        }
    }
}

package io.meshspan.approval;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The gate that nothing turns off.
 *
 * @param validFor how old an approval may be when the first cluster is touched; an older one is asked for anew
 */
record PlanGate(
        @DefaultValue("true") @AssertTrue(message = "the plan of a change always needs approval")
        boolean enabled,

        @DefaultValue("change-managers") @NotEmpty List<String> deciders,
        @DefaultValue("7d") Duration answerWithin,
        @DefaultValue("24h") Duration validFor) {

    PlanGate {
        deciders = List.copyOf(deciders);
        Positive.check("answer-within", answerWithin);
        Positive.check("valid-for", validFor);
    }

    GateSettings settings() {
        return new GateSettings(enabled, deciders, answerWithin);
    }
}

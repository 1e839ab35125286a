package io.meshspan.approval;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How one gate is passed.
 *
 * @param enabled Whether people are asked at all.
 * @param deciders Groups of which somebody else than the requester decides.
 * @param answerWithin How long the question stays open.
 */
record GateSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("change-managers") @NotEmpty List<@NotBlank String> deciders,

        @DefaultValue("7d") @DurationMin(minutes = 1) @DurationMax(days = 365)
        Duration answerWithin) {

    GateSettings {
        deciders = List.copyOf(deciders);
    }
}

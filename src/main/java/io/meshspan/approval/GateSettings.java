package io.meshspan.approval;

import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How one gate is passed.
 *
 * @param enabled whether people are asked at all
 * @param deciders the groups of which one member decides
 * @param answerWithin how long the question stays open
 */
record GateSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("change-managers") @NotEmpty List<String> deciders,
        @DefaultValue("7d") Duration answerWithin) {

    GateSettings {
        deciders = List.copyOf(deciders);
        Positive.check("answer-within", answerWithin);
    }
}

package io.meshspan.process.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.meshspan.engine.model.VariableNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.junit.jupiter.api.Test;

class WaitProgressTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-11-30T04:00:00Z");

    private final Map<String, Object> variables = new HashMap<>();
    private final VariableScope wait = mock(VariableScope.class, call -> {
        if (call.getMethod().getName().equals("setVariable")) {
            variables.put(call.getArgument(0), call.getArgument(1));
            return null;
        }
        return variables.get(call.<String>getArgument(0));
    });

    @Test
    void shouldWaitOnWhileFewerAndFewerThingsAreMissing() {
        wait.setVariable(VariableNames.WAIT_UNTIL, Date.from(START.plus(LIMIT)));

        saw(2450, 15);
        assertThat(end()).as("nothing to compare with").isEqualTo(START.plusSeconds(60));

        saw(2000, 30);
        assertThat(end()).isEqualTo(START.plusSeconds(90));

        saw(2100, 45);
        saw(2000, 60);
        assertThat(end()).as("what comes and goes is no progress").isEqualTo(START.plusSeconds(90));
        assertThat(WaitProgress.expected(wait, LIMIT))
                .isEqualTo("within 60 s, or longer while fewer and fewer are missing");
        assertThat(WaitProgress.found(wait, LIMIT)).isEqualTo(": 2000 missing, and no fewer for 60 s");
    }

    @Test
    void shouldSayTheLimitAloneOfWhatCannotBeCounted() {
        assertThat(WaitProgress.expected(wait, LIMIT)).isEqualTo("within 60 s");
        assertThat(WaitProgress.found(wait, LIMIT)).isEmpty();
    }

    private void saw(int missing, int second) {
        WaitProgress.saw(missing, wait, LIMIT, START.plusSeconds(second));
    }

    private Instant end() {
        return ((Date) wait.getVariable(VariableNames.WAIT_UNTIL)).toInstant();
    }
}

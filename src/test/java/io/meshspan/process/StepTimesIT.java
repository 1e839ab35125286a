package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is told at the end of a change about its time. */
@ExtendWith(OutputCaptureExtension.class)
class StepTimesIT {

    @Test
    void shouldTellTheTimeOfEveryStepTheLastIncluded(CapturedOutput output) {
        // given
        ProcessFleet processFleet = TestApplication.take();
        PlayedChange playedChange = processFleet.request();

        // when
        playedChange.approve("carla");
        playedChange.end();

        // then
        String told =
                output.getOut().substring(output.getOut().lastIndexOf("of mesh " + processFleet.mesh() + " ended:"));
        assertThat(told)
                .contains("s  Check inputs", "s  Install primary", "s  Exchange remote secrets", "s  Verify mesh");
    }
}

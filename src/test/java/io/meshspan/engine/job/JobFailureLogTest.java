package io.meshspan.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.engine.job.NodeJobExecutor.JobFailureLog;
import io.meshspan.finding.SanitizedException;
import io.meshspan.finding.TransientException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class JobFailureLogTest {

    @Test
    void shouldTellInALineWhatFailedAroundAStepAndWhereWithoutItsWords(CapturedOutput output) {
        // when
        JobFailureLog.tell(failed(new ProcessEngineException("commit", new SQLException("password=hunter2"))));

        // then
        assertThat(output.getOut().lines().filter(line -> line.contains("job-7")))
                .singleElement()
                .asString()
                .contains("Task_ExposeServices", "java.sql.SQLException", "JobFailureLogTest");
        assertThat(output).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @MethodSource("toldElsewhere")
    void shouldNotTellTwiceWhatAStepHasToldOrWhatIsNoFailure(@Nullable Throwable failure, CapturedOutput output) {
        // when
        JobFailureLog.tell(failed(failure));

        // then
        assertThat(output).doesNotContain("job-7");
    }

    static Stream<@Nullable Throwable> toldElsewhere() {
        return Stream.of(
                null,
                new TransientException("cluster2: no answer"),
                new ProcessEngineException("job", new TransientException("cluster2: no answer")),
                new SanitizedException(new IllegalStateException("in a step")),
                new OptimisticLockingException("somebody was faster"));
    }

    private static JobFailureCollector failed(@Nullable Throwable failure) {
        JobFailureCollector job = new JobFailureCollector("job-7");
        job.setFailure(failure);
        job.setFailedActivityId("Task_ExposeServices");
        return job;
    }
}

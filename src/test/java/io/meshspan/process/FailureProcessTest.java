package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.TransientException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/** What becomes of a failing step: repeated by itself, put before a person, or told without its secrets. */
class FailureProcessTest {

    private static final int ATTEMPTS = 8;
    private static final String TOKEN = "eyJhbGciOiJub3QtYS1yZWFsLXRva2VuIn0";
    private static final JavaDelegate NO_ANSWER = execution -> {
        throw new TransientException("cluster1, Deployment istiod: HTTP 503");
    };

    private final StepHarness stage = StepHarness.cleared();
    private final ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));

    @Test
    void shouldRepeatAPassingFaultUntilItBecomesAnIncidentThatARetryResumes() {
        // given
        stage.play("installControlPlaneDelegate", NO_ANSWER);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            then(stage.incidents()).isEmpty();
            assertThatThrownBy(() -> stage.run("Task_InstallControlPlane")).hasMessageContaining("503");
        }

        // then
        Incident incident = stage.incidents().get(0);
        then(incident.getActivityId()).isEqualTo("Task_InstallControlPlane");
        then(incident.getIncidentMessage()).contains("cluster1", "503");

        // when
        stage.play("installControlPlaneDelegate", StubDelegates.SUCCEEDS);
        stage.engine().getManagementService().setJobRetries(incident.getConfiguration(), 1);
        stage.run("Task_InstallControlPlane");

        // then
        then(stage.incidents()).isEmpty();
        assertThat(primary).isWaitingAt("CallActivity_WaitForIstiod");
    }

    @Test
    void shouldWaitLongerFromAttemptToAttempt() {
        stage.play("installControlPlaneDelegate", NO_ANSWER);

        long first = delayAfterAttempt();
        long second = delayAfterAttempt();
        long third = delayAfterAttempt();

        then(first).isPositive().isLessThan(second);
        then(second).isLessThan(third);
    }

    @Test
    void shouldPutWhatAPersonMustWeighBeforeAPersonAtOnce() {
        stage.play("installControlPlaneDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));

        stage.run("Task_InstallControlPlane");

        assertThat(primary).isWaitingAt("CallActivity_ResolveFailure");
        then(stage.variable(primary, "failureCode")).isEqualTo("DENIED");
        then(String.valueOf(stage.variable(primary, "failureText")))
                .contains("cluster1", "expected something else", "HTTP 403", "Mend it.");
        then(stage.calls()).containsExactly("installControlPlane cluster1");
    }

    @Test
    void shouldStoreALongListOfFindings() {
        stage.play("installControlPlaneDelegate", StubDelegates.fails(FailureCode.INVALID, "x".repeat(20_000)));

        stage.run("Task_InstallControlPlane");

        then(String.valueOf(stage.variable(primary, "failureText"))).hasSizeBetween(3_000, 4_000);
    }

    @Test
    void shouldNeverWriteDownTheWordsOfAnUnexpectedException() throws Exception {
        // given
        stage.play("installControlPlaneDelegate", execution -> {
            throw new UncheckedIOException("Authorization: Bearer " + TOKEN, new java.io.IOException("token=" + TOKEN));
        });

        // when
        Throwable seen = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            seen = catchThrowable(() -> stage.run("Task_InstallControlPlane"));
        }

        // then
        then(seen).hasMessageContaining("UncheckedIOException").hasStackTraceContaining("FailureProcessTest");
        then(seen).satisfies(e -> then(stackTrace(e)).doesNotContain(TOKEN));
        Map<String, String> dump = new TestDatabase(stage.engine()).dump();
        then(dump).hasSizeGreaterThan(40);
        then(all(dump)).contains("Unexpected java.io.UncheckedIOException").doesNotContain(TOKEN);
        then(dump.get("ACT_GE_BYTEARRAY")).contains("Unexpected java.io.UncheckedIOException");
        then(stage.incidents()).hasSize(1);
    }

    private static String all(Map<String, String> dump) {
        Collection<String> tables = dump.values();
        return String.join("\n", tables);
    }

    private static String stackTrace(Throwable e) {
        java.io.StringWriter text = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(text, true));
        return text.toString();
    }

    /** In milliseconds. */
    private long delayAfterAttempt() {
        assertThatThrownBy(() -> stage.run("Task_InstallControlPlane")).isInstanceOf(TransientException.class);
        Job job = stage.jobs("Task_InstallControlPlane").get(0);
        return Duration.between(stage.now(), job.getDuedate().toInstant()).toMillis();
    }
}

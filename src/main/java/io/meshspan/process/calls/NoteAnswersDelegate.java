package io.meshspan.process.calls;

import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.JsonVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.verification.CallReport;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Notes what the calls found. Endpoints may appear shortly after the remote secrets, so this takes a few rounds. */
@Component
final class NoteAnswersDelegate implements JavaDelegate {

    private static final int ROUNDS = 6;

    private final ChangeRecord record;

    NoteAnswersDelegate(ChangeRecord record) {
        this.record = record;
    }

    /** @throws io.meshspan.finding.StepFailed if the calls failed in a way that a person must decide on */
    @Override
    public void execute(DelegateExecution execution) {
        if (execution.hasVariable(HelloWorldCalls.REFUSAL)) {
            CallsRefusal refusal = JsonVariable.read(execution, HelloWorldCalls.REFUSAL, CallsRefusal.class);
            FailedCluster.write(execution, refusal.findings());
            FailedCluster.tellCaller(execution);
            throw refusal.failure();
        }
        note(execution, JsonVariable.read(execution, VariableNames.CALLS, CallReport.class));
    }

    void note(DelegateExecution execution, CallReport calls) {
        Integer before = (Integer) execution.getVariable(VariableNames.CALL_ROUNDS);
        int round = before == null ? 1 : before + 1;
        JsonVariable.write(execution, VariableNames.CALLS, calls);
        execution.setVariable(VariableNames.CALL_ROUNDS, round);
        execution.setVariable(VariableNames.CALL_AGAIN, !calls.complete() && round < ROUNDS);
        record.noted(execution, "HelloWorld, round " + round, calls.complete() ? "COMPLETE" : "INCOMPLETE", "");
    }
}

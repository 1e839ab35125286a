package io.meshspan.process.delegate;

import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.JsonVariable;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.process.model.VariableNames;
import io.meshspan.verification.CallReport;
import io.meshspan.verification.MeshVerification;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Call HelloWorld from every cluster; endpoints may follow the remote secrets by a moment, so a few rounds are due. */
@Component
final class CallHelloWorldDelegate implements JavaDelegate {

    private static final int ROUNDS = 6;

    private final MeshVerification verification;
    private final MeshVariable mesh;
    private final ChangeRecord record;

    CallHelloWorldDelegate(MeshVerification verification, MeshVariable mesh, ChangeRecord record) {
        this.verification = verification;
        this.mesh = mesh;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CallReport calls = verification.call(mesh.staying(execution));
        Integer before = (Integer) execution.getVariable(VariableNames.CALL_ROUNDS);
        int round = before == null ? 1 : before + 1;
        JsonVariable.write(execution, VariableNames.CALLS, calls);
        execution.setVariable(VariableNames.CALL_ROUNDS, round);
        execution.setVariable(VariableNames.CALL_AGAIN, !calls.complete() && round < ROUNDS);
        record.noted(execution, "HelloWorld, round " + round, calls.complete() ? "COMPLETE" : "INCOMPLETE", "");
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.JsonVariable;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ExcludedClustersText;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.process.verification.VerificationResults;
import io.meshspan.verification.CallReport;
import io.meshspan.verification.MeshVerification;
import io.meshspan.verification.VerificationReport;
import io.meshspan.verification.VerificationRun;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Report verification. */
@Component
final class ReportVerificationDelegate implements JavaDelegate {

    private final MeshVerification verification;
    private final MeshVariable members;
    private final ExcludedClustersText leftOut;
    private final ChangeRecord record;
    private final VerificationResults results;

    ReportVerificationDelegate(
            MeshVerification verification,
            MeshVariable members,
            ExcludedClustersText leftOut,
            ChangeRecord record,
            VerificationResults results) {
        this.results = results;
        this.verification = verification;
        this.members = members;
        this.leftOut = leftOut;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = members.staying(execution);
        CallReport calls = JsonVariable.read(execution, VariableNames.CALLS, CallReport.class);
        VerificationReport report = verification.report(verification.controlPlanes(mesh), calls);
        String text = report.text() + leftOut.lines(ChangeId.of(execution));
        JsonVariable.write(execution, VariableNames.VERIFICATION, report);
        LongText.write(execution, VariableNames.VERIFICATION_TEXT, text);
        execution.setVariable(VariableNames.FAILURE_TEXT, LongText.shortened(text));
        FailedCluster.write(execution, report.soleCause());
        execution.removeVariable(VariableNames.FAILED_STEP);
        execution.setVariable(VariableNames.VERIFIED, report.verified());
        execution.removeVariable(VariableNames.CALL_ROUNDS);
        results.keep(VerificationRun.of(
                mesh.id().value(), EngineContext.now(), ChangeId.process(execution), ChangeId.of(execution), report));
        record.measured(execution, "mesh " + mesh.id(), report.verified(), text, report);
    }
}

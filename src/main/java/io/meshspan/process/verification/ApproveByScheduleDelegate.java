package io.meshspan.process.verification;

import io.meshspan.audit.Changes;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.PlanRecords;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.verification.VerificationHistory;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Approve by schedule. The setting that turns the schedule on is a standing approval of the sample, and of nothing else. It
 * applies only to what the schedule itself has started: its request has no requester, and nobody else can record that.
 */
@Component
final class ApproveByScheduleDelegate implements JavaDelegate {

    static final String APPROVER = "meshspan.verify.cron";

    private final Changes changes;
    private final PlanRecords plans;
    private final ChangeRecord record;

    ApproveByScheduleDelegate(Changes changes, PlanRecords plans, ChangeRecord record) {
        this.changes = changes;
        this.plans = plans;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean scheduled = RecordedRequest.first(changes, ChangeId.of(execution))
                .filter(ApproveByScheduleDelegate::isOfTheSchedule)
                .isPresent();
        if (!scheduled) {
            throw new StepFailed(
                    FailureCode.INVALID,
                    Finding.blocking(
                            "request",
                            "verify-on-schedule",
                            "a start by the schedule",
                            "a start by somebody else",
                            "Start verify-mesh instead."));
        }
        plans.decide(execution.getProcessInstanceId(), APPROVER, true);
        record.noted(
                execution,
                "standing approval",
                "APPROVED",
                "The setting " + APPROVER + " approves the sample of scheduled verifications, and nothing else.");
    }

    private static boolean isOfTheSchedule(ChangeRequest asked) {
        return asked.process().equals(VerificationHistory.SCHEDULE) && asked.requester() == null;
    }
}

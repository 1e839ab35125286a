package io.meshspan.process.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.approval.Approval;
import io.meshspan.approval.ApprovalRefused;
import io.meshspan.audit.Changes;
import io.meshspan.engine.identity.RecordedPlan;
import io.meshspan.engine.model.AskedVariable;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.plan.PlanRecords;
import io.meshspan.plan.PresentedPlan;
import io.meshspan.removal.CrdsInUse;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Finds the plan that a task shows. Refuses a decision if this is not the plan on record. */
@Component
final class PlansOfTasks implements RecordedPlan {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlanRecords records;
    private final Changes changes;

    PlansOfTasks(PlanRecords records, Changes changes) {
        this.records = records;
        this.changes = changes;
    }

    @Override
    public void show(DelegateTask task) {
        String change = change(task);
        Optional<PresentedPlan> own = records.shownBy(task.getProcessInstanceId());
        own.or(() -> records.lastOf(change))
                .map(PresentedPlan::asked)
                .filter(asked -> !asked.isEmpty())
                .or(() -> RecordedRequest.of(changes, change).map(AskedVariable::json))
                .ifPresent(asked -> {
                    AskedVariable.write(task, asked);
                    own.flatMap(plan -> ownTitle(change)).ifPresent(task::setName);
                });
    }

    private Optional<String> ownTitle(String change) {
        return RecordedRequest.of(changes, change)
                .flatMap(request ->
                        request.kind().ownApprovalTitle(request.mesh().id()));
    }

    @Override
    public Optional<String> digest(DelegateTask task) {
        Optional<PresentedPlan> own = records.shownBy(task.getProcessInstanceId());
        own.ifPresent(plan -> requireShown(task, plan));
        requireListed(task, change(task));
        requireAsked(task, own.map(plan -> List.of(plan.asked())).orElseGet(() -> records.asked(change(task))));
        return own.or(() -> records.lastOf(change(task))).map(PresentedPlan::digest);
    }

    @Override
    public void decided(DelegateTask task, Approval approval) {
        records.decide(task.getProcessInstanceId(), approval.by(), approval.approved());
    }

    private static void requireShown(DelegateTask task, PresentedPlan plan) {
        boolean same = plan.digest().equals(task.getVariable(VariableNames.PLAN_DIGEST))
                && plan.summary().equals(task.getVariable(VariableNames.PLAN_SUMMARY))
                && plan.text().equals(text(String.valueOf(task.getVariable(VariableNames.PLAN))));
        if (!same) {
            throw new ApprovalRefused("This task shows another plan than the one on record, " + plan.digest()
                    + ": somebody has changed the variables plan, planSummary or planDigest. Nobody can decide on it; "
                    + "delete this change and request it again");
        }
    }

    /** Checks the objects that disappear with Istio's CRDs, if the task shows them. */
    private void requireListed(DelegateTask task, String change) {
        Object shown = task.getVariable(ListedCrdUses.NAME);
        if (shown != null
                && !changes.noted(change, CrdsInUse.SUBJECT).equals(Optional.of(text(String.valueOf(shown))))) {
            throw new ApprovalRefused(
                    "This task shows another list of objects than the recorded one: somebody has changed the "
                            + "variable " + ListedCrdUses.NAME
                            + ". Nobody can decide on it; delete this change and request it again");
        }
    }

    /** Plans of an earlier release do not include the request. */
    private static void requireAsked(DelegateTask task, List<String> asked) {
        boolean known = asked.stream().anyMatch(text -> !text.isEmpty());
        if (known && asked.stream().noneMatch(text -> AskedVariable.shows(task, text))) {
            throw new ApprovalRefused(
                    "This task does not show the recorded request: somebody has changed its variable asked."
                            + " Nobody can decide on it; delete this change and request it again");
        }
    }

    private static String change(DelegateTask task) {
        return ChangeId.of(task.getExecution());
    }

    private static String text(String json) {
        try {
            return JSON.readTree(json).path("text").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}

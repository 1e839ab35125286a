package io.meshspan.process.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.approval.Approval;
import io.meshspan.approval.ApprovalRefused;
import io.meshspan.plan.PlanRecords;
import io.meshspan.plan.ShownPlan;
import io.meshspan.process.engine.identity.PlanOnRecord;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.stereotype.Component;

/** Finds the plan that a task shows; one that shows another than stands on record cannot be decided on. */
@Component
final class PlansOfTasks implements PlanOnRecord {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlanRecords records;

    PlansOfTasks(PlanRecords records) {
        this.records = records;
    }

    @Override
    public Optional<String> digest(DelegateTask task) {
        Optional<ShownPlan> own = records.shownBy(task.getProcessInstanceId());
        own.ifPresent(plan -> requireShown(task, plan));
        String change = ((ExecutionEntity) task.getExecution()).getRootProcessInstanceId();
        return own.or(() -> records.lastOf(change)).map(ShownPlan::digest);
    }

    @Override
    public void decided(DelegateTask task, Approval approval) {
        records.decide(task.getProcessInstanceId(), approval.by(), approval.approved());
    }

    private static void requireShown(DelegateTask task, ShownPlan plan) {
        boolean same = plan.digest().equals(task.getVariable(Names.PLAN_DIGEST))
                && plan.summary().equals(task.getVariable(Names.PLAN_SUMMARY))
                && plan.text().equals(text(String.valueOf(task.getVariable(Names.PLAN))));
        if (!same) {
            throw new ApprovalRefused("This task shows another plan than the one on record, " + plan.digest()
                    + ": somebody has rewritten the variables plan, planSummary or planDigest. Nobody can decide on it;"
                    + " delete this change, so that it is asked for again");
        }
    }

    private static String text(String json) {
        try {
            return JSON.readTree(json).path("text").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}

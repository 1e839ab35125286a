package io.meshspan.process.delegate;

import io.meshspan.plan.MeshPlanner;
import io.meshspan.plan.Plan;
import io.meshspan.plan.PlanText;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.LongText;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.process.model.Names;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compute plan. */
@Component
final class ComputePlanDelegate implements JavaDelegate {

    private final MeshPlanner planner;
    private final ChangeRecord record;

    ComputePlanDelegate(MeshPlanner planner, ChangeRecord record) {
        this.planner = planner;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Plan plan = planner.plan(MeshVariable.read(execution));
        String text = PlanText.of(plan);
        LongText.write(execution, Names.PLAN, text);
        execution.setVariable(Names.PLAN_SUMMARY, plan.summary());
        execution.setVariable(Names.PLAN_DIGEST, plan.digest());
        record.planned(execution, plan.digest(), plan.summary(), text);
    }
}

package io.meshspan.web;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.LongText;
import io.meshspan.mesh.TwoPrimaries;
import io.meshspan.plan.Plan;
import io.meshspan.plan.PlanRecords;
import io.meshspan.plan.PresentedPlan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** A plan that is longer than a string variable can be, on record and before people. */
public class PlanOfTheTest implements JavaDelegate {

    private final PlanRecords records;

    PlanOfTheTest(PlanRecords records) {
        this.records = records;
    }

    @Override
    public void execute(DelegateExecution change) {
        String objects = IntStream.range(0, 120)
                .mapToObj(n -> "- create `Deployment istio-system/object-%d`".formatted(n))
                .collect(Collectors.joining("\n"));
        PresentedPlan plan = new PresentedPlan(
                ChangeId.of(change),
                change.getProcessInstanceId(),
                "sha256:0123",
                "120 to create, 0 to change",
                "### cluster1 (network1): 120 to create\n" + objects,
                "");
        records.keep(plan, new Plan(TwoPrimaries.MESH, List.of()));
        LongText.write(change, "plan", plan.text());
        change.setVariable("planDigest", plan.digest());
        change.setVariable("planSummary", plan.summary());
        change.setVariable("requester", "olivia");
    }
}

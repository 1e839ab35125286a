package io.meshspan.process.wait;

import io.meshspan.finding.Finding;
import io.meshspan.process.model.ChangeId;
import io.meshspan.process.model.FailedCluster;
import io.meshspan.process.model.VariableNames;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Says what did not happen in time; whoever called the wait asks a person. */
@Component
final class DescribeWaitDelegate implements JavaDelegate {

    private final Conditions conditions;
    private final Watches watches;

    DescribeWaitDelegate(Conditions conditions, Watches watches) {
        this.conditions = conditions;
        this.watches = watches;
    }

    @Override
    public void execute(DelegateExecution execution) {
        watches.stop(execution.getProcessInstanceId());
        execution.setVariable(VariableNames.FAILURE_TEXT, finding(execution).toString());
        FailedCluster.tellCaller(execution);
    }

    private Finding finding(DelegateExecution execution) {
        AwaitedCondition awaitedCondition = conditions.named((String) execution.getVariable(VariableNames.CONDITION));
        String where = Optional.ofNullable((String) execution.getVariable(VariableNames.CLUSTER))
                .orElse("mesh");
        return Finding.blocking(
                where,
                String.valueOf(execution.getVariable(VariableNames.WAITING_FOR)),
                "within " + awaitedCondition.limit().toSeconds() + " s",
                awaitedCondition.missing(ChangeId.of(execution)),
                awaitedCondition.advice() + "; then try again, which waits as long again, or stop.");
    }
}

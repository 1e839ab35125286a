package io.meshspan.process.wait;

import io.meshspan.finding.Finding;
import io.meshspan.process.model.ChangeId;
import io.meshspan.process.model.FailedCluster;
import io.meshspan.process.model.Names;
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
        execution.setVariable(Names.FAILURE_TEXT, finding(execution).toString());
        FailedCluster.tellCaller(execution);
    }

    private Finding finding(DelegateExecution execution) {
        Awaited awaited = conditions.named((String) execution.getVariable(Names.CONDITION));
        String where = Optional.ofNullable((String) execution.getVariable(Names.CLUSTER))
                .orElse("mesh");
        return Finding.blocking(
                where,
                String.valueOf(execution.getVariable(Names.WAITING_FOR)),
                "within " + awaited.limit().toSeconds() + " s",
                awaited.missing(ChangeId.of(execution)),
                awaited.advice() + "; then try again, which waits as long again, or stop.");
    }
}

package io.meshspan.process.calls;

import io.meshspan.condition.Waits;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.Finding;
import io.meshspan.node.StepsInFlight;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Says why the calls failed when there was no answer in time. The caller asks a person. */
@Component
final class DescribeCallsDelegate implements JavaDelegate {

    private static final String STILL_RUN = "no answer yet: the calls are still being made";
    static final String NODE_DIED = "The node that made them stopped, or lost the database";

    private final Waits waits;
    private final StepsInFlight steps;

    DescribeCallsDelegate(Waits waits, StepsInFlight steps) {
        this.waits = waits;
        this.steps = steps;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String id = String.valueOf(execution.getVariable(HelloWorldCalls.ID));
        String found = steps.isAlive(ChangeId.of(execution), id)
                ? STILL_RUN
                : Objects.toString(execution.getVariable(HelloWorldCalls.FAILURE), NODE_DIED);
        Finding finding = Finding.blocking(
                "mesh",
                String.valueOf(execution.getVariable(VariableNames.WAITING_FOR)),
                "within " + waits.callsAnsweredWithin().toSeconds() + " s",
                found,
                "Make the API server of each cluster answer, and pods/exec in the sample's namespace allowed; then try"
                        + " again, which calls once more for as long, or stop.");
        execution.setVariable(VariableNames.FAILURE_TEXT, finding.toString());
        FailedCluster.writeNamed(execution, found);
        FailedCluster.tellCaller(execution);
    }
}

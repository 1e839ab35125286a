package io.meshspan.process.calls;

import io.meshspan.condition.Waits;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.Mesh;
import io.meshspan.node.StepsInFlight;
import io.meshspan.process.change.ChangeRecord;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Starts the calls after the wait for their answer is committed, unless they already run on some node. Their row is
 * committed together with the wait. If this node dies in between, nobody updates the row, and the wait's timer finds the
 * calls dead.
 */
@Component
final class StartCallsDelegate implements JavaDelegate {

    private static final String WHAT = "answers of HelloWorld";

    private final StepsInFlight steps;
    private final HelloWorldCalls calls;
    private final MeshVariable members;
    private final ChangeRecord record;
    private final Waits waits;
    private final Clock clock = Clock.systemUTC();

    StartCallsDelegate(
            StepsInFlight steps, HelloWorldCalls calls, MeshVariable members, ChangeRecord record, Waits waits) {
        this.steps = steps;
        this.calls = calls;
        this.members = members;
        this.record = record;
        this.waits = waits;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (!execution.hasVariable(VariableNames.WAIT_UNTIL)) {
            execution.setVariable(
                    VariableNames.WAIT_UNTIL, Date.from(clock.instant().plus(waits.callsAnsweredWithin())));
            execution.setVariable(VariableNames.WAITING_FOR, WHAT);
        } else if (running(execution)) {
            return;
        } else {
            giveUp(execution);
        }
        begin(execution);
    }

    private boolean running(DelegateExecution execution) {
        return steps.isAlive(ChangeId.of(execution), id(execution));
    }

    /** The process ignores an answer that these calls may still send. */
    private void giveUp(DelegateExecution execution) {
        steps.close(id(execution));
        String why = Objects.toString(execution.getVariable(HelloWorldCalls.FAILURE), DescribeCallsDelegate.NODE_DIED);
        record.attemptFailed(execution, "calls to HelloWorld", why);
        execution.removeVariable(HelloWorldCalls.FAILURE);
    }

    private void begin(DelegateExecution execution) {
        String instance = execution.getProcessInstanceId();
        String change = ChangeId.of(execution);
        String id = steps.open(change, "Call HelloWorld from every cluster");
        Mesh mesh = members.staying(execution);
        execution.setVariable(HelloWorldCalls.ID, id);
        EngineContext.afterCommit(() -> calls.begin(change, instance, id, mesh));
    }

    private static String id(DelegateExecution execution) {
        return String.valueOf(execution.getVariable(HelloWorldCalls.ID));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.RootPhases;
import io.meshspan.trust.RootPhase;
import java.time.temporal.ChronoUnit;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Begin phase: the first one, the next one, or the one before, as a person decided; the same one after a failure. The task's input parameter {@code direction}
 * is {@code back} where nobody is asked: in a roll back. Which phase was begun last is on record.
 */
@Component
final class BeginPhaseDelegate implements JavaDelegate {

    static final String PHASE = "phase";
    static final String AT = "phaseAt";
    private static final String DIRECTION = "direction";
    private static final String BACK = "back";
    private static final String NEXT = "next";

    private final RootPhases phases;
    private final ChangeRecord record;

    BeginPhaseDelegate(RootPhases phases, ChangeRecord record) {
        this.phases = phases;
        this.record = record;
    }

    /** The phase that is being applied. */
    static RootPhase phase(DelegateExecution execution) {
        return RootPhase.of(((Number) execution.getVariable(PHASE)).intValue());
    }

    @Override
    public void execute(DelegateExecution execution) {
        int begun = phases.begun(ChangeId.of(execution)).map(RootPhase::number).orElse(0);
        Object asked = execution.hasVariableLocal(DIRECTION)
                ? execution.getVariableLocal(DIRECTION)
                : execution.getVariable(VariableNames.DECISION);
        boolean back = BACK.equals(asked);
        int number = back ? begun - 1 : begun == 0 || NEXT.equals(asked) ? begun + 1 : begun;
        execution.setVariable("phaseFollows", number > 0);
        execution.removeVariable(VariableNames.DECISION);
        if (number > 0 && number != begun) {
            RootPhase phase = RootPhase.of(number);
            execution.setVariable(PHASE, number);
            execution.removeVariable(RecordRootsDelegate.SINCE);
            execution.setVariable(
                    AT, EngineContext.now().truncatedTo(ChronoUnit.SECONDS).toString());
            record.noted(
                    execution,
                    RootPhases.SUBJECT,
                    phase.name(),
                    "%s phase %d of %d: %s"
                            .formatted(
                                    back ? "Back to" : "Begins", number, RootPhase.values().length, phase.inWords()));
        }
    }
}

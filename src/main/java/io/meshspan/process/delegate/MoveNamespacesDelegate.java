package io.meshspan.process.delegate;

import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.ChosenItems;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.upgrade.UpgradeWaves;
import io.meshspan.upgrade.UpgradeWaves.Direction;
import java.time.temporal.ChronoUnit;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Move namespaces: the labels and tags of a wave. Without a wave it takes everything that has moved. */
@Component
final class MoveNamespacesDelegate implements JavaDelegate {

    private static final String WAVE = "wave";
    private static final String BACK = "back";
    static final String ITEMS = "items";
    static final String AT = "waveAt";

    private final UpgradeWaves waves;
    private final ChangeRecord record;

    MoveNamespacesDelegate(UpgradeWaves waves, ChangeRecord record) {
        this.waves = waves;
        this.record = record;
    }

    static Direction direction(DelegateExecution execution) {
        return Boolean.TRUE.equals(execution.getVariable(BACK)) ? Direction.BACK : Direction.FORWARD;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String change = ChangeId.of(execution);
        Direction direction = direction(execution);
        boolean back = direction == Direction.BACK;
        String chosen = ChosenItems.text(execution, WAVE);
        String items = chosen.isEmpty() && back ? waves.progress(change).moved() : chosen;
        execution.setVariable(ITEMS, items);
        execution.setVariable(
                AT, EngineContext.now().truncatedTo(ChronoUnit.SECONDS).toString());
        record.noted(execution, "wave", back ? "BACK" : "MOVED", items);
        record.applied(execution, waves.move(change, items, direction));
    }
}

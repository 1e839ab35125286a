package io.meshspan.process.delegate;

import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.ChosenItems;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.upgrade.UpgradeWaves;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Move namespaces: the labels and tags of a wave. Without a wave it takes everything that has moved. */
@Component
final class MoveNamespacesDelegate implements JavaDelegate {

    static final String WAVE = "wave";
    static final String BACK = "back";
    static final String ITEMS = "items";
    static final String AT = "waveAt";

    private final UpgradeWaves waves;
    private final ChangeRecord record;

    MoveNamespacesDelegate(UpgradeWaves waves, ChangeRecord record) {
        this.waves = waves;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String change = ChangeId.of(execution);
        boolean back = Boolean.TRUE.equals(execution.getVariable(BACK));
        String chosen = ChosenItems.text(execution, WAVE);
        String items = chosen.isEmpty() && back ? waves.progress(change).moved() : chosen;
        execution.setVariable(ITEMS, items);
        execution.setVariable(
                AT, EngineContext.now().truncatedTo(ChronoUnit.SECONDS).toString());
        record.noted(execution, "wave", back ? "BACK" : "MOVED", Objects.toString(items));
        record.applied(execution, waves.move(change, items, back));
    }
}

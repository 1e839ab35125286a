package io.meshspan.process.delegate;

import io.meshspan.condition.Conditions;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.upgrade.UpgradeWaves;
import io.meshspan.upgrade.UpgradeWaves.Restart;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Restart next workload: the first of the wave whose pods have a proxy of the other revision. */
@Component
final class RestartWorkloadDelegate implements JavaDelegate {

    private final UpgradeWaves waves;
    private final ChangeRecord record;

    RestartWorkloadDelegate(UpgradeWaves waves, ChangeRecord record) {
        this.waves = waves;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Optional<Restart> next = waves.restartNext(
                ChangeId.of(execution),
                String.valueOf(execution.getVariable(MoveNamespacesDelegate.ITEMS)),
                MoveNamespacesDelegate.direction(execution),
                String.valueOf(execution.getVariable(MoveNamespacesDelegate.AT)));
        execution.setVariable("restarted", next.isPresent());
        next.ifPresent(restart -> {
            execution.setVariable(VariableNames.CLUSTER, restart.cluster().value());
            execution.setVariable("rollout", Conditions.rolledOut(restart.workload()));
            record.applied(execution, List.of(restart.applied()));
        });
    }
}

package io.meshspan.process.delegate;

import io.meshspan.condition.Conditions;
import io.meshspan.engine.model.CalledCluster;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.RootPhases;
import io.meshspan.rotation.RootPhases.Renewal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Restart next workload: the first of the cluster whose proxies may have a certificate of an earlier phase. */
@Component
final class RenewWorkloadDelegate implements JavaDelegate {

    private final RootPhases phases;
    private final ChangeRecord record;

    RenewWorkloadDelegate(RootPhases phases, ChangeRecord record) {
        this.phases = phases;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Optional<Renewal> next = BeginPhaseDelegate.phase(execution).renewsWorkloads()
                ? phases.renewNext(
                        ChangeId.of(execution),
                        CalledCluster.cluster(execution),
                        Instant.parse(String.valueOf(execution.getVariable(RecordRootsDelegate.SINCE))))
                : Optional.empty();
        execution.setVariable("restarted", next.isPresent());
        next.ifPresent(renewal -> {
            execution.setVariable("rollout", Conditions.rolledOut(renewal.workload()));
            record.applied(execution, List.of(renewal.applied()));
        });
    }
}

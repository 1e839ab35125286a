package io.meshspan.process.wait;

import io.meshspan.condition.AwaitedCondition;
import io.meshspan.condition.Conditions;
import io.meshspan.condition.FailureWatch;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Starts to watch after the wait is committed: a message sent from within this transaction would find no process that waits
 * (ADR 2).
 */
@Component
final class WatchConditionDelegate implements JavaDelegate {

    private final Conditions conditions;
    private final Watches watches;
    private final FailureWatch failures;
    private final MeshVariable members;
    private final Clock clock = Clock.systemUTC();

    WatchConditionDelegate(Conditions conditions, Watches watches, FailureWatch failures, MeshVariable members) {
        this.failures = failures;
        this.members = members;
        this.conditions = conditions;
        this.watches = watches;
    }

    @Override
    public void execute(DelegateExecution execution) {
        AwaitedCondition awaitedCondition = conditions.named((String) execution.getVariable(VariableNames.CONDITION));
        Mesh mesh = members.staying(execution);
        Optional<ClusterName> cluster = Optional.ofNullable((String) execution.getVariable(VariableNames.CLUSTER))
                .map(ClusterName::new);
        if (!execution.hasVariable(VariableNames.WAIT_UNTIL)) {
            Instant end = clock.instant().plus(awaitedCondition.limit());
            execution.setVariable(VariableNames.WAIT_UNTIL, Date.from(end));
            execution.setVariable(VariableNames.WAITING_FOR, awaitedCondition.describe(cluster));
        }
        String instance = execution.getProcessInstanceId();
        watches.missing(instance)
                .ifPresent(missing -> WaitProgress.saw(missing, execution, awaitedCondition.limit(), clock.instant()));
        String change = ChangeId.of(execution);
        EngineContext.afterCommit(
                () -> watches.put(instance, mesh, () -> watch(awaitedCondition, change, mesh, cluster)));
    }

    /**
     * The step itself succeeds. A watch that cannot start counts as one that broke off: the next renewal starts it again.
     */
    private CompletableFuture<?> watch(
            AwaitedCondition awaitedCondition, String change, Mesh mesh, Optional<ClusterName> cluster) {
        try {
            return failures.beside(
                    awaitedCondition.met(change, mesh, cluster), () -> awaitedCondition.failures(mesh, cluster));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.ChangeKinds;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rollback.StateBefore;
import io.meshspan.rotation.RootPhases;
import io.meshspan.rotation.TokenRotation;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Restore state before the change. */
@Component
final class RestoreStateDelegate implements JavaDelegate {

    private final StateBefore before;
    private final TokenRotation tokens;
    private final RootPhases roots;
    private final ChangeKinds kinds;
    private final ChangeRecord record;

    RestoreStateDelegate(
            StateBefore before, TokenRotation tokens, RootPhases roots, ChangeKinds kinds, ChangeRecord record) {
        this.roots = roots;
        this.kinds = kinds;
        this.tokens = tokens;
        this.before = before;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.removed(execution, tokens.restoreRemoteSecrets(ChangeId.of(execution), kinds.of(execution)));
        record.removed(execution, before.restore(ChangeId.of(execution)));
        record.removed(execution, tokens.deleteNewTokens(ChangeId.of(execution), kinds.of(execution)));
        record.applied(execution, roots.endRollBack(ChangeId.of(execution), kinds.of(execution)));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.EngineContext;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.RootPhases;
import java.time.temporal.ChronoUnit;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Record roots: what each cluster trusts now, and since when its istiod signs as the phase says. Proxies that are older renew. */
@Component
final class RecordRootsDelegate implements JavaDelegate {

    static final String SINCE = "renewSince";

    private final RootPhases phases;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    RecordRootsDelegate(RootPhases phases, ApprovedMesh approved, ChangeRecord record) {
        this.phases = phases;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.noted(
                execution,
                "roots in place",
                BeginPhaseDelegate.phase(execution).name(),
                phases.rootsInPlace(approved.read(execution)));
        if (!execution.hasVariable(SINCE)) {
            execution.setVariable(
                    SINCE, EngineContext.now().truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }
}

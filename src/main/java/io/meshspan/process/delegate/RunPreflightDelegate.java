package io.meshspan.process.delegate;

import io.meshspan.finding.Findings;
import io.meshspan.finding.FindingsText;
import io.meshspan.preflight.Preflight;
import io.meshspan.process.model.LongText;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.process.model.Names;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Run preflight. */
@Component
final class RunPreflightDelegate implements JavaDelegate {

    private final Preflight preflight;

    RunPreflightDelegate(Preflight preflight) {
        this.preflight = preflight;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Findings findings = preflight.run(MeshVariable.read(execution));
        LongText.write(execution, Names.FINDINGS, FindingsText.of(findings));
    }
}

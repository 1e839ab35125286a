package io.meshspan.process.delegate;

import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.Findings;
import io.meshspan.finding.FindingsText;
import io.meshspan.process.change.ChangePreparation;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Run preflight. */
@Component
final class RunPreflightDelegate implements JavaDelegate {

    private final ChangePreparation changePreparation;

    RunPreflightDelegate(ChangePreparation changePreparation) {
        this.changePreparation = changePreparation;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Findings findings = changePreparation.preflight(execution);
        LongText.write(execution, VariableNames.FINDINGS, FindingsText.of(findings));
    }
}

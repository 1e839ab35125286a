package io.meshspan.process.delegate;

import io.meshspan.finding.Findings;
import io.meshspan.finding.FindingsText;
import io.meshspan.process.model.LongText;
import io.meshspan.process.model.Names;
import io.meshspan.process.model.Preparation;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Run preflight. */
@Component
final class RunPreflightDelegate implements JavaDelegate {

    private final Preparation preparation;

    RunPreflightDelegate(Preparation preparation) {
        this.preparation = preparation;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Findings findings = preparation.preflight(execution);
        LongText.write(execution, Names.FINDINGS, FindingsText.of(findings));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.model.PlannedProcess;
import io.meshspan.engine.model.RequestRefused;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.stereotype.Component;

/** Judges a request for a plan as the process that it is for judges it, by the delegate of its diagram and what that tells it. */
@Component
final class CheckPlanRequestDelegate implements JavaDelegate {

    private final BeanFactory beans;

    CheckPlanRequestDelegate(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void execute(DelegateExecution execution) throws Exception {
        PlannedProcess planned = RequestRefused.orFound(() -> PlannedProcess.take(execution));
        planned.parameters().forEach(execution::setVariableLocal);
        beans.getBean(planned.delegate(), JavaDelegate.class).execute(execution);
    }
}

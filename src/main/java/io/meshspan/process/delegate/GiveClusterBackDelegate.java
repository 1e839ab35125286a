package io.meshspan.process.delegate;

import io.meshspan.process.model.CalledFor;
import io.meshspan.process.model.ChangeId;
import io.meshspan.process.model.ClusterGivenBack;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Give back a cluster that is left out. */
@Component
final class GiveClusterBackDelegate implements JavaDelegate {

    private final ClusterGivenBack given;

    GiveClusterBackDelegate(ClusterGivenBack given) {
        this.given = given;
    }

    @Override
    public void execute(DelegateExecution execution) {
        given.back(execution, ChangeId.of(execution), CalledFor.cluster(execution));
    }
}

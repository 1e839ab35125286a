package io.meshspan.process.delegate;

import io.meshspan.engine.model.CalledCluster;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.process.change.ClusterRelease;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Releases the Lease of an excluded cluster. */
@Component
final class ReleaseLeaseDelegate implements JavaDelegate {

    private final ClusterRelease release;

    ReleaseLeaseDelegate(ClusterRelease release) {
        this.release = release;
    }

    @Override
    public void execute(DelegateExecution execution) {
        release.release(execution, ChangeId.of(execution), CalledCluster.cluster(execution));
    }
}

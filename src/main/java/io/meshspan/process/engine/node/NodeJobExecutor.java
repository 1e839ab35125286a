package io.meshspan.process.engine.node;

import java.util.List;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;

/** The engine's executor, which also knows what it executes at the moment. */
final class NodeJobExecutor extends SpringJobExecutor {

    private final RunningJobs running;

    NodeJobExecutor(RunningJobs running) {
        this.running = running;
    }

    @Override
    public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
        return new ExecuteJobsRunnable(jobIds, engine) {
            @Override
            protected void executeJob(String id, CommandExecutor commands, JobFailureCollector failure) {
                running.run(failure, () -> super.executeJob(id, commands, failure));
                JobFailureLog.tell(failure);
            }
        };
    }
}

package io.meshspan.engine.incident;

import io.meshspan.finding.FailureCode;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;

/** The error code by which a step's diagram leads to a person: for the step itself, or for the process that waits for it. */
final class ErrorPath {

    private static final String STEP = "serviceTask";

    private ErrorPath() {}

    /** Empty if there is no such path. */
    static Optional<FailureCode> of(JobEntity job) {
        ActivityImpl activity = Context.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedProcessDefinitionById(job.getProcessDefinitionId())
                .findActivity(job.getActivityId());
        if (activity == null || !STEP.equals(activity.getProperties().get(BpmnProperties.TYPE))) {
            return Optional.empty();
        }
        if (catches(activity, FailureCode.FAULT_STAYED)) {
            return Optional.of(FailureCode.FAULT_STAYED);
        }
        return caller(job).filter(call -> catches(call, FailureCode.WAIT_ENDED)).map(call -> FailureCode.WAIT_ENDED);
    }

    private static Optional<ActivityImpl> caller(JobEntity job) {
        return Optional.ofNullable(job.getExecution())
                .map(ExecutionEntity::getProcessInstance)
                .map(ExecutionEntity::getSuperExecution)
                .map(ExecutionEntity::getActivity);
    }

    /** The activity itself, or one around it: a step that runs for each cluster is inside a loop. */
    private static boolean catches(ActivityImpl activity, FailureCode code) {
        return Stream.<ScopeImpl>iterate(activity, Objects::nonNull, ScopeImpl::getFlowScope)
                .flatMap(scope -> scope.getProperties().get(BpmnProperties.ERROR_EVENT_DEFINITIONS).stream())
                .anyMatch(error ->
                        error.getErrorCode() == null || error.getErrorCode().equals(code.name()));
    }
}

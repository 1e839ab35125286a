package io.meshspan.process.wait;

import io.meshspan.condition.AwaitedCondition;
import io.meshspan.condition.Conditions;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Says what did not happen in time. The calling process then asks a person. */
@Component
final class DescribeWaitDelegate implements JavaDelegate {

    private static final String THEN = " Then try again, or stop.";
    private static final int MOST_REASONS = 5;

    private final Conditions conditions;
    private final Watches watches;
    private final MeshVariable members;

    DescribeWaitDelegate(Conditions conditions, Watches watches, MeshVariable members) {
        this.members = members;
        this.conditions = conditions;
        this.watches = watches;
    }

    @Override
    public void execute(DelegateExecution execution) {
        watches.stop(execution.getProcessInstanceId());
        String seen = (String) execution.getVariable(VariableNames.WAIT_FAILURE);
        String text = seen == null ? missing(execution) : seen + THEN;
        execution.setVariable(VariableNames.FAILURE_TEXT, text);
        if (execution.getVariable(VariableNames.CLUSTER) == null) {
            FailedCluster.writeNamed(execution, text);
        }
        FailedCluster.tellCaller(execution);
    }

    /** Includes everything that the cluster reports about it. */
    private String missing(DelegateExecution execution) {
        List<String> reasons = reasons(execution);
        String told = Stream.concat(
                        Stream.of(finding(execution).toString()),
                        reasons.stream().limit(MOST_REASONS))
                .collect(Collectors.joining("\n"));
        return reasons.size() > MOST_REASONS
                ? "%s\nNot shown: %d more.".formatted(told, reasons.size() - MOST_REASONS)
                : told;
    }

    /** A cluster that does not answer is a reason, too. */
    private List<String> reasons(DelegateExecution execution) {
        Optional<ClusterName> cluster = Optional.ofNullable((String) execution.getVariable(VariableNames.CLUSTER))
                .map(ClusterName::new);
        try {
            return conditions
                    .named((String) execution.getVariable(VariableNames.CONDITION))
                    .reasons(members.staying(execution), cluster)
                    .stream()
                    .map(Finding::toString)
                    .toList();
        } catch (TransientException unanswered) {
            return String.valueOf(unanswered.getMessage()).lines().toList();
        } catch (StepFailed refused) {
            return refused.findings().stream().map(Finding::toString).toList();
        }
    }

    private Finding finding(DelegateExecution execution) {
        AwaitedCondition awaitedCondition = conditions.named((String) execution.getVariable(VariableNames.CONDITION));
        String where = Optional.ofNullable((String) execution.getVariable(VariableNames.CLUSTER))
                .orElse("mesh");
        return Finding.blocking(
                where,
                String.valueOf(execution.getVariable(VariableNames.WAITING_FOR)),
                WaitProgress.expected(execution, awaitedCondition.limit()),
                awaitedCondition.missing(ChangeId.of(execution))
                        + WaitProgress.found(execution, awaitedCondition.limit()),
                awaitedCondition.advice() + "; then try again, which waits as long again, or stop.");
    }
}

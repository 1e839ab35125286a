package io.meshspan.e2e;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Without clusters a suite is skipped as a whole, and the report says how to name them. */
final class ClustersNamed implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Settings.named()
                ? ConditionEvaluationResult.enabled("clusters are named")
                : ConditionEvaluationResult.disabled(Settings.HOW_TO_NAME_CLUSTERS);
    }
}

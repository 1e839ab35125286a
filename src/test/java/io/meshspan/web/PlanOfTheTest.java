package io.meshspan.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.spin.plugin.variable.SpinValues;

/** A plan that is longer than a string variable can be. */
public class PlanOfTheTest implements JavaDelegate {

    @Override
    public void execute(DelegateExecution change) {
        String objects = IntStream.range(0, 120)
                .mapToObj(n -> "- create `Deployment istio-system/object-%d`".formatted(n))
                .collect(Collectors.joining("\n"));
        String text = "### cluster1 (network1): 120 to create\n" + objects;
        change.setVariable(
                "plan",
                SpinValues.jsonValue(JsonNodeFactory.instance
                                .objectNode()
                                .put("text", text)
                                .toString())
                        .create());
        change.setVariable("planDigest", "sha256:0123");
        change.setVariable("planSummary", "120 to create, 0 to change");
        change.setVariable("requester", "olivia");
    }
}

package io.meshspan.process.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.engine.model.ChosenItems;
import io.meshspan.upgrade.WaveShares;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.springframework.stereotype.Component;

/** For the diagrams: the namespaces of a wave, which an operator ticked, or chose by a percentage. */
@Component("chosenWave")
public final class ChosenWave {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PERCENT = "percent";

    /** As a JSON list, like what a form submits. */
    public String items(DelegateExecution execution) {
        return written(
                PERCENT.equals(execution.getVariable("decision"))
                        ? WaveShares.items(
                                String.valueOf(execution.getVariable("left")),
                                String.valueOf(execution.getVariable("moved")),
                                String.valueOf(execution.getVariable(PERCENT)))
                        : ticked(execution));
    }

    private static List<String> ticked(DelegateExecution execution) {
        TypedValue wave = execution.getVariableTyped("wave", false);
        return wave == null ? List.of() : ChosenItems.of(wave);
    }

    private static String written(List<String> items) {
        try {
            return JSON.writeValueAsString(items);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of texts could not be written", e);
        }
    }
}

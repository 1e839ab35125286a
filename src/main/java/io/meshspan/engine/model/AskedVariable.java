package io.meshspan.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.ShownRequest;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.spin.plugin.variable.SpinValues;

/** The request, as the form of every approval shows it: a variable of the task itself, written from the record. */
public final class AskedVariable {

    private static final String NAME = "asked";
    private static final String TITLE = "title";
    private static final String REMOVES = "removes";
    private static final ObjectMapper JSON = new ObjectMapper();

    private AskedVariable() {}

    /** Its content, {@code {title, text, removes}}. */
    public static String json(ChangeRequest request) {
        ShownRequest shown = ShownRequest.of(request);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(TITLE, shown.title());
        json.put("text", shown.markdown());
        json.put(REMOVES, request.kind().removes().isPresent());
        return json.toString();
    }

    public static void write(DelegateTask task, String json) {
        task.setVariableLocal(NAME, SpinValues.jsonValue(json).create());
    }

    public static boolean shows(DelegateTask task, String json) {
        return tree(Objects.toString(task.getVariableLocal(NAME), "")).equals(tree(json));
    }

    private static JsonNode tree(String json) {
        try {
            return json.isBlank() ? MissingNode.getInstance() : JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}

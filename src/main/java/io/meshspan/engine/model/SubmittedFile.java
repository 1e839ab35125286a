package io.meshspan.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.camunda.bpm.engine.variable.value.BytesValue;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;

/** The text of a mesh file or of Helm values: submitted as text, file, bytes, JSON, or JSON that contains a text. */
final class SubmittedFile {

    private final Submitted submitted;
    private final String variable;

    SubmittedFile(Submitted submitted, String variable) {
        this.submitted = submitted;
        this.variable = variable;
    }

    /** Empty if it is none of these, which is a finding. */
    String text() {
        Optional<TypedValue> typed = submitted.typed(variable);
        if (typed.orElse(null) instanceof FileValue file) {
            return text(file.getValue());
        }
        if (typed.orElse(null) instanceof BytesValue bytes) {
            return new String(bytes.getValue(), StandardCharsets.UTF_8);
        }
        JsonNode value = submitted.value(variable);
        if (value.isTextual()) {
            return value.asText();
        }
        return value.isObject() ? json(typed, value) : wrong(value);
    }

    /** The text as it was sent, because findings name its lines and columns. */
    private static String json(Optional<TypedValue> typed, JsonNode value) {
        return typed.filter(SerializableValue.class::isInstance)
                .map(SerializableValue.class::cast)
                .map(SerializableValue::getValueSerialized)
                .orElseGet(value::toString);
    }

    private String wrong(JsonNode value) {
        submitted.wrong(variable, "a text, a file or a JSON object", value);
        return "";
    }

    private static String text(InputStream file) {
        try (file) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

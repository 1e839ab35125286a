package io.meshspan.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** The data of records, which is JSON. */
public final class RecordJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordJson() {}

    public static String write(Object data) {
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record's data could not be written", e);
        }
    }

    public static <T> T read(String data, TypeReference<T> type) {
        try {
            return JSON.readValue(data, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record's data could not be read", e);
        }
    }

    /** An empty object if the record has no data. */
    public static JsonNode tree(@Nullable String data) {
        try {
            return JSON.readTree(data == null || data.isBlank() ? "{}" : data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record's data could not be read", e);
        }
    }
}

package io.meshspan.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meshspan.plan.ChangeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The format of evidence: equal content always gives equal bytes, so that a file can be checked. */
final class EvidenceFile {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final DefaultPrettyPrinter LINES =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private EvidenceFile() {}

    static byte[] write(Evidence evidence) {
        try {
            return (JSON.writer(LINES).writeValueAsString(evidence) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("evidence could not be written", e);
        }
    }

    /** @throws IOException if it is not evidence */
    static Evidence read(byte[] file) throws IOException {
        return JSON.readValue(file, Evidence.class);
    }

    static JsonNode tree(ChangeRequest asked) {
        return JSON.valueToTree(asked);
    }

    /** The bytes that are signed. */
    static byte[] unsigned(Evidence evidence) {
        return write(evidence.signed(""));
    }
}

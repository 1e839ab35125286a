package io.meshspan.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.mesh.PlainScalar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The IstioOperator file of a part. It is on disk only while istioctl reads it, and only its owner can read it. */
final class OperatorFile {

    private static final ObjectMapper YAML = YAMLMapper.builder(PlainScalar.yaml())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private OperatorFile() {}

    static String text(ManifestPart part) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("apiVersion", "install.istio.io/v1alpha1");
        file.put("kind", "IstioOperator");
        file.put("spec", part.operator());
        try {
            return YAML.writeValueAsString(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an IstioOperator could not be written", e);
        }
    }

    static <R> R with(ManifestPart part, Function<Path, R> use) {
        return WorkFolder.withFile(".yaml", text(part), use);
    }
}

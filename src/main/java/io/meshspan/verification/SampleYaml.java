package io.meshspan.verification;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The fixed parts of the sample: one YAML file for each object, next to this class. */
final class SampleYaml {

    private static final YAMLMapper YAML = new YAMLMapper();

    private SampleYaml() {}

    static <T> T read(String file, Class<T> type) {
        try (InputStream in = SampleYaml.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new FileNotFoundException(file + " is missing from this build");
            }
            return YAML.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

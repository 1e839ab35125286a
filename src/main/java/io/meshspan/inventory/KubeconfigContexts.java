package io.meshspan.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The contexts of the kubeconfig files, each with the file it stands in; of equal names the first counts. */
final class KubeconfigContexts {

    private static final YAMLMapper YAML = new YAMLMapper();

    private KubeconfigContexts() {}

    /** The configured file, or those of {@code KUBECONFIG}, or {@code ~/.kube/config}, as kubectl looks for them. */
    static Map<String, Path> find(@Nullable Path configured) {
        if (configured != null) {
            return read(List.of(configured));
        }
        String variable = System.getenv("KUBECONFIG");
        if (variable != null && !variable.isBlank()) {
            return read(Arrays.stream(variable.split(File.pathSeparator))
                    .map(Path::of)
                    .toList());
        }
        return read(List.of(Path.of(System.getProperty("user.home"), ".kube", "config")));
    }

    private static Map<String, Path> read(List<Path> files) {
        Map<String, Path> contexts = new LinkedHashMap<>();
        files.stream()
                .filter(Files::isReadable)
                .forEach(file -> names(file).forEach(n -> contexts.putIfAbsent(n, file)));
        return contexts;
    }

    private static List<String> names(Path file) {
        try {
            JsonNode contexts = YAML.readTree(file.toFile()).path("contexts");
            return StreamSupport.stream(contexts.spliterator(), false)
                    .map(context -> context.path("name").asText())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("The kubeconfig %s is not readable YAML".formatted(file));
        }
    }
}

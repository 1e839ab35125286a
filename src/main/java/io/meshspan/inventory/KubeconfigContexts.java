package io.meshspan.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contexts of the kubeconfig files, each with the file it stands in; of equal names the first counts. */
final class KubeconfigContexts {

    private static final Logger LOG = LoggerFactory.getLogger(KubeconfigContexts.class);
    private static final YAMLMapper YAML = new YAMLMapper();

    private KubeconfigContexts() {}

    /** The configured file, or those of {@code KUBECONFIG}, or {@code ~/.kube/config}, as kubectl looks for them. */
    static Map<String, Path> find(@Nullable Path configured) {
        String variable = System.getenv("KUBECONFIG");
        if (configured != null) {
            return read(List.of(configured), "meshspan.inventory.kubeconfig");
        }
        if (variable != null && !variable.isBlank()) {
            return read(files(variable), "KUBECONFIG");
        }
        Path usual = Path.of(System.getProperty("user.home"), ".kube", "config");
        if (Files.exists(usual)) {
            return read(List.of(usual), "nothing else");
        }
        LOG.warn("There is no kubeconfig {}, and none is named: there are no clusters to work on", usual);
        return Map.of();
    }

    private static List<Path> files(String variable) {
        return Arrays.stream(variable.split(File.pathSeparator))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .toList();
    }

    /** As with kubectl, some files of several may be missing. */
    private static Map<String, Path> read(List<Path> files, String namedBy) {
        List<Path> there = files.stream().filter(Files::exists).toList();
        if (there.isEmpty()) {
            throw unusable("The kubeconfig %s is not there; %s names it.".formatted(paths(files), namedBy));
        }
        Map<String, Path> contexts = new LinkedHashMap<>();
        there.forEach(file -> names(file).forEach(name -> contexts.putIfAbsent(name, file)));
        if (contexts.isEmpty()) {
            throw unusable("The kubeconfig %s has no contexts.".formatted(paths(there)));
        }
        return contexts;
    }

    private static String paths(List<Path> files) {
        return String.join(
                ", ",
                files.stream().map(file -> file.toAbsolutePath().toString()).toList());
    }

    /** The words of the parser would quote the file, and its credentials. */
    private static List<String> names(Path file) {
        try {
            JsonNode contexts = YAML.readTree(file.toFile()).path("contexts");
            return StreamSupport.stream(contexts.spliterator(), false)
                    .map(context -> context.path("name").asText())
                    .toList();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw unusable("The kubeconfig %s is no YAML (line %d).".formatted(file.toAbsolutePath(), line));
        } catch (IOException e) {
            throw unusable("The kubeconfig %s cannot be read: %s"
                    .formatted(file.toAbsolutePath(), e.getClass().getSimpleName()));
        }
    }

    private static StartupFailure unusable(String problem) {
        return new StartupFailure(
                ExitCode.KUBECONFIG,
                problem,
                "Put it there for the user that runs Meshspan, or name another in meshspan.inventory.kubeconfig or"
                        + " KUBECONFIG. kubectl config get-contexts shows what a file has.");
    }
}

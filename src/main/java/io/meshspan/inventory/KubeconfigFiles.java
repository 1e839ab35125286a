package io.meshspan.inventory;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshspan.finding.CauseChain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** One or more kubeconfig files that count as one, merged as in kubectl. If there are several, some may be missing. */
record KubeconfigFiles(List<Path> files) implements KubeconfigSource {

    KubeconfigFiles {
        files = List.copyOf(files);
    }

    /**
     * The configured file, or the files of {@code KUBECONFIG}, or {@code ~/.kube/config}, in the same order as kubectl.
     *
     * @return empty if no file is named and the default one does not exist
     */
    static Optional<KubeconfigFiles> find(@Nullable Path configured, @Nullable String variable, Path home) {
        if (configured != null) {
            return Optional.of(new KubeconfigFiles(List.of(configured)));
        }
        if (variable != null && !variable.isBlank()) {
            return Optional.of(new KubeconfigFiles(split(variable)));
        }
        Path usual = home.resolve(".kube").resolve("config");
        return Files.exists(usual) ? Optional.of(new KubeconfigFiles(List.of(usual))) : Optional.empty();
    }

    /** Each file of a folder separately, without hidden ones. */
    static Stream<KubeconfigFiles> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .map(file -> new KubeconfigFiles(List.of(file)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UnusableKubeconfig("The folder of kubeconfigs %s cannot be read: %s"
                    .formatted(absolute(folder), e.getClass().getSimpleName()));
        }
    }

    private static List<Path> split(String variable) {
        return Arrays.stream(variable.split(File.pathSeparator))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .distinct()
                .toList();
    }

    @Override
    public MergedKubeconfig read() {
        List<Path> there = files.stream().filter(Files::exists).toList();
        if (there.isEmpty()) {
            throw new UnusableKubeconfig("The kubeconfig %s is not there.".formatted(text()));
        }
        return MergedKubeconfig.merge(there.stream()
                .map(file -> new MergedKubeconfig.Part(
                        parse(content(file), "The kubeconfig " + absolute(file)), folder(file)))
                .toList());
    }

    /** @throws UnusableKubeconfig without a quote of the text; the parser's message would quote it */
    static Config parse(String text, String what) {
        try {
            return Optional.ofNullable(Serialization.unmarshal(text, Config.class))
                    .orElseGet(Config::new);
        } catch (RuntimeException e) {
            String line = CauseChain.of(e)
                    .filter(MarkedYamlEngineException.class::isInstance)
                    .flatMap(cause -> ((MarkedYamlEngineException) cause).getProblemMark().stream())
                    .findFirst()
                    .map(mark -> "no YAML (line %d)".formatted(mark.getLine() + 1))
                    .orElse("no kubeconfig: a field has a value of another kind");
            throw new UnusableKubeconfig("%s is %s.".formatted(what, line));
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UnusableKubeconfig("The kubeconfig %s cannot be read: %s"
                    .formatted(absolute(file), e.getClass().getSimpleName()));
        }
    }

    String text() {
        return String.join(", ", files.stream().map(KubeconfigFiles::absolute).toList());
    }

    private static Path folder(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }

    @Override
    public String toString() {
        return text();
    }
}

package io.meshspan.inventory;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One or more kubeconfig files that count as one, merged as in kubectl. If there are several, some may be missing. Equal ones
 * have the same files. What was read is kept until a file changes, since all clusters of a kubeconfig ask for it.
 */
final class KubeconfigFiles implements KubeconfigSource {

    /** A file can change twice between two ticks of the file system's clock, so a new content is not kept. */
    private static final Duration NEW = Duration.ofSeconds(2);

    private final List<Path> files;
    private final boolean ofFolder;
    private @Nullable CachedFile kept;

    private record CachedFile(FileTimes times, MergedKubeconfig content) {}

    KubeconfigFiles(List<Path> files) {
        this(files, false);
    }

    private KubeconfigFiles(List<Path> files, boolean ofFolder) {
        this.files = List.copyOf(files);
        this.ofFolder = ofFolder;
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
                    .map(file -> new KubeconfigFiles(List.of(file), true))
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

    /** Whether it is one of a folder, whose others count without it. */
    boolean isOfFolder() {
        return ofFolder;
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public synchronized MergedKubeconfig read() {
        FileTimes times = FileTimes.of(files.stream());
        CachedFile before = kept;
        if (before != null && before.times().equals(times)) {
            return before.content();
        }
        MergedKubeconfig content = merged();
        kept = times.olderThan(NEW) ? new CachedFile(times, content) : null;
        return content;
    }

    private MergedKubeconfig merged() {
        List<Path> there = files.stream().filter(Files::exists).toList();
        if (there.isEmpty()) {
            throw new UnusableKubeconfig("The kubeconfig %s is not there.".formatted(text()));
        }
        return MergedKubeconfig.merge(there.stream()
                .map(file -> new MergedKubeconfig.Part(
                        KubeconfigYaml.parse(content(file), "The kubeconfig " + absolute(file)), folder(file)))
                .toList());
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UnusableKubeconfig("The kubeconfig %s cannot be read: %s"
                    .formatted(absolute(file), e.getClass().getSimpleName()));
        }
    }

    private String text() {
        return String.join(", ", files.stream().map(KubeconfigFiles::absolute).toList());
    }

    private static Path folder(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KubeconfigFiles same && same.files.equals(files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}

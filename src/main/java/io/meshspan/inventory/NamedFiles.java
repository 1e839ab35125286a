package io.meshspan.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files and commands that a kubeconfig's context names. Relative ones are looked for beside the kubeconfig. */
final class NamedFiles {

    private NamedFiles() {}

    /** Those that hold credentials, whether they are there or not. */
    static List<Path> of(Path kubeconfig, JsonNode cluster, JsonNode user) {
        return named(cluster, user).map(kubeconfig::resolveSibling).toList();
    }

    static List<String> missing(Path kubeconfig, JsonNode cluster, JsonNode user) {
        Stream<String> files = named(cluster, user)
                .filter(file -> !Files.isReadable(kubeconfig.resolveSibling(file)))
                .map(file -> "file " + file);
        Stream<String> commands = Optional.of(user.path("exec").path("command").asText()).stream()
                .filter(command -> !command.isEmpty() && !isCommand(kubeconfig, command))
                .map(command -> "command " + command);
        return Stream.concat(files, commands).toList();
    }

    private static Stream<String> named(JsonNode cluster, JsonNode user) {
        return Stream.of(
                        cluster.path("certificate-authority"),
                        user.path("tokenFile"),
                        user.path("client-certificate"),
                        user.path("client-key"))
                .map(JsonNode::asText)
                .filter(file -> !file.isEmpty());
    }

    private static boolean isCommand(Path kubeconfig, String command) {
        if (command.contains(File.separator)) {
            return Files.isExecutable(kubeconfig.resolveSibling(command));
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}

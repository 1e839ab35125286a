package io.meshspan.cli;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;

/**
 * URL and credentials of the service, from the environment or the configuration file. Passwords and tokens cannot be
 * arguments, because other users of the machine and the shell's history could see them.
 *
 * @param authorization the value of the header now: a token in a file may be replaced while a change is awaited
 * @param authority a file with additional trusted certificates, for a service behind a private CA
 */
record ClientSettings(URI server, Supplier<String> authorization, Optional<Path> authority) {

    private static final String PREFIX = "MESHSPAN_";
    private static final Set<PosixFilePermission> OWNERS_ALONE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** @param environment the environment variables of the process */
    static ClientSettings of(Map<String, String> environment) {
        Properties file = file(environment);
        URI server = server(value("server", environment, file).orElse("http://127.0.0.1:8080"));
        Supplier<String> authorization = () -> authorization(environment, file);
        // What is missing is told before anything is asked.
        var unused = authorization.get();
        return new ClientSettings(
                server, authorization, value("ca", environment, file).map(Path::of));
    }

    private static URI server(String given) {
        Optional<URI> address = Optional.empty();
        try {
            address = Optional.of(new URI(given));
        } catch (URISyntaxException e) {
            // Told below.
        }
        return address.filter(uri -> Set.of("http", "https").contains(String.valueOf(uri.getScheme())))
                .filter(uri -> uri.getHost() != null)
                .orElseThrow(() ->
                        misused("MESHSPAN_SERVER: expected an address such as https://meshspan.example.org, found '%s'."
                                .formatted(given)));
    }

    /** What the environment gives counts before anything in the file, whichever of the two kinds it is. */
    private static String authorization(Map<String, String> environment, Properties file) {
        Properties none = new Properties();
        Optional<String> given = secret("password", environment, none);
        Optional<String> token = secret("token", environment, none)
                .or(() -> given.isPresent() ? Optional.empty() : secret("token", Map.of(), file));
        if (token.isPresent()) {
            return "Bearer " + token.get();
        }
        String user = value("user", environment, file)
                .orElseThrow(() -> misused("Nobody is named to log in: set MESHSPAN_USER and MESHSPAN_PASSWORD_FILE, or"
                        + " MESHSPAN_TOKEN_FILE, or write them into the configuration file."));
        String password = given.or(() -> secret("password", Map.of(), file))
                .orElseThrow(() ->
                        misused("There is no password for %s: set MESHSPAN_PASSWORD_FILE or MESHSPAN_PASSWORD, or write"
                                        .formatted(user)
                                + " it into the configuration file."));
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** From a separate file, as orchestrators mount secrets, or directly. */
    private static Optional<String> secret(String name, Map<String, String> environment, Properties file) {
        return value(name + "-file", environment, file)
                .map(path -> read(Path.of(path)).strip())
                .or(() -> value(name, environment, file));
    }

    private static Optional<String> value(String name, Map<String, String> environment, Properties file) {
        String variable = PREFIX + name.replace('-', '_').toUpperCase(java.util.Locale.ROOT);
        return Optional.ofNullable(environment.get(variable))
                .or(() -> Optional.ofNullable(file.getProperty(name)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static Properties file(Map<String, String> environment) {
        Properties properties = new Properties();
        Path path = path(environment);
        if (!Files.exists(path)) {
            return properties;
        }
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw misused("The configuration file %s cannot be read.".formatted(path));
        }
        if (properties.containsKey("password") || properties.containsKey("token")) {
            requirePrivate(path);
        }
        return properties;
    }

    static Path path(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(PREFIX + "CONFIG"))
                .map(Path::of)
                .orElseGet(() -> Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                        .map(Path::of)
                        .orElseGet(() -> Path.of(environment.getOrDefault("HOME", "."), ".config"))
                        .resolve("meshspan/config"));
    }

    private static void requirePrivate(Path path) {
        try {
            if (!OWNERS_ALONE.containsAll(Files.getPosixFilePermissions(path))) {
                throw misused("The configuration file %s holds a secret and others may read it. Run: chmod 600 %s"
                        .formatted(path, path));
            }
        } catch (UnsupportedOperationException noPosix) {
            // This file system has no such permissions.
        } catch (IOException e) {
            throw misused("The permissions of %s cannot be read.".formatted(path));
        }
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (FileSystemException e) {
            throw misused("There is no file %s that can be read.".formatted(path));
        } catch (IOException e) {
            throw misused("The file %s is no text in UTF-8.".formatted(path));
        }
    }

    private static CommandFailed misused(String message) {
        return new CommandFailed(CommandOutcome.MISUSED, message);
    }
}

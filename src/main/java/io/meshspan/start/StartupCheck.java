package io.meshspan.start;

import io.meshspan.database.Utc;
import io.meshspan.files.PrivateFiles;
import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Sets the clock's zone, and checks the settings, the folders and the port before the database is opened. */
final class StartupCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** A path, and not {@code mem:}, {@code tcp:} or another scheme; it ends where H2's options begin. */
    private static final Pattern ON_DISK = Pattern.compile("jdbc:h2:(?:file:)?(?![a-z]{2,}:)([^;]+).*");
    /** In a URL of an existing database: H2 must not treat an empty file as one. */
    private static final Pattern MUST_EXIST = Pattern.compile("(?i).*;IFEXISTS=TRUE(;.*)?");

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("meshspan");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Utc.countInUtc();
        List<WrongSetting> wrong = wrong(context.getEnvironment());
        if (!wrong.isEmpty()) {
            throw WrongSetting.all(wrong);
        }
        protectDatabase(context.getEnvironment().getProperty("spring.datasource.url", ""));
        if (context instanceof WebServerApplicationContext) {
            new FreePort(context.getEnvironment(), "server", "8080").require();
            new FreePort(context.getEnvironment(), "management.server", "0").require();
        }
    }

    /** @return every setting that is known to be unusable before it is used */
    static List<WrongSetting> wrong(ConfigurableEnvironment environment) {
        GivenSettings given = new GivenSettings(environment);
        Binder binder = Binder.get(environment);
        KnownSettings known = new KnownSettings();
        List<WrongSetting> wrong = new ArrayList<>(unknown(given, known).toList());
        List<WrongSetting> ofSpring = new SpringSettings(given, binder).wrong();
        wrong.addAll(ofSpring);
        new SettingsCheck(given, binder, SettingsCheck.validator())
                .wrong(known.records()).stream()
                        .filter(other ->
                                wrong.stream().noneMatch(told -> told.key().equals(other.key())))
                        .forEach(wrong::add);
        return List.copyOf(wrong);
    }

    /**
     * Finds misspelt settings: Spring would ignore them and use the defaults. It skips the environment and the JVM's
     * properties, because Kubernetes itself sets variables that begin with MESHSPAN_ if a Service is called meshspan.
     */
    private static Stream<WrongSetting> unknown(GivenSettings given, KnownSettings known) {
        return given.namesMeantForUs()
                .filter(name -> OURS.isAncestorOf(name) && !known.has(name))
                .distinct()
                .map(name -> new WrongSetting(
                        name.toString(), given.where(name), "a setting that there is", "no setting of this name"));
    }

    /** H2 makes its file readable for everybody, so this makes the file first, readable only for its owner. */
    static void protectDatabase(String url) {
        Matcher onDisk = ON_DISK.matcher(url);
        if (onDisk.matches()) {
            boolean mayBeMade = !MUST_EXIST.matcher(url).matches();
            protect(
                    Path.of(onDisk.group(1)
                                    .replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home"))))
                            .toAbsolutePath()
                            .normalize(),
                    mayBeMade);
        }
    }

    private static void protect(Path database, boolean mayBeMade) {
        Path folder = Objects.requireNonNull(database.getParent(), "an absolute path of a file");
        Path file = Path.of(database + ".mv.db");
        try {
            if (mayBeMade) {
                PrivateFiles.folder(folder);
                PrivateFiles.create(file);
            }
        } catch (IOException e) {
            return; // H2 will fail for the same reason, and its failure is reported then.
        }
        PrivateFiles.protect(folder, List.of(file, Path.of(database + ".trace.db")));
    }

    /** Checks the port early: the web server opens it last, when the engine may already work. */
    private static final class FreePort {

        private final String server;
        private final int port;
        private final String address;

        /** @param server the prefix of its settings */
        FreePort(Environment environment, String server, String usualPort) {
            this.server = server;
            this.port = Integer.parseInt(environment.getProperty(server + ".port", usualPort));
            this.address = environment.getProperty(server + ".address", "127.0.0.1");
        }

        /** @throws StartupFailure if another process uses it; port 0 means any free port */
        void require() {
            if (port > 0) {
                try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
                    socket.getLocalPort();
                } catch (IOException e) {
                    throw new StartupFailure(
                            ExitCode.PORT,
                            "The web server cannot listen on %s:%d: %s".formatted(address, port, e.getMessage()),
                            "Stop the process that uses the port, or set %1$s.port and %1$s.address to others."
                                    .formatted(server));
                }
            }
        }
    }
}

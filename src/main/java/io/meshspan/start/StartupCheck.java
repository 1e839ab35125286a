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

/** Sets the clock's zone, and looks at the settings, the folders and the port before the database is opened. */
final class StartupCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** A path, and not {@code mem:}, {@code tcp:} or another scheme; it ends where H2's options begin. */
    private static final Pattern ON_DISK = Pattern.compile("jdbc:h2:(?:file:)?(?![a-z]{2,}:)([^;]+).*");
    /** Of a URL that is for a database that there is: H2 must not take an empty file for it. */
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
            new FreePort(context.getEnvironment()).require();
        }
    }

    /** @return every setting that cannot be used, so far as that shows before it is */
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
     * A misspelt setting would be passed over, and its default hold. The environment and the JVM's properties are left alone:
     * Kubernetes itself puts names that begin with MESHSPAN_ there when a Service is called meshspan.
     */
    private static Stream<WrongSetting> unknown(GivenSettings given, KnownSettings known) {
        return given.namesMeantForUs()
                .filter(name -> OURS.isAncestorOf(name) && !known.has(name))
                .distinct()
                .map(name -> new WrongSetting(
                        name.toString(), given.where(name), "a setting that there is", "no setting of this name"));
    }

    /** H2 makes its file for everybody to read: so it is made before, for its owner alone. */
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
            return; // H2 is about to fail at the same, and it is told then.
        }
        PrivateFiles.protect(folder, List.of(file, Path.of(database + ".trace.db")));
    }

    /** The web server opens its port last, when the engine may be at work already. */
    private static final class FreePort {

        private final int port;
        private final String address;

        FreePort(Environment environment) {
            this.port = environment.getProperty("server.port", Integer.class, 8080);
            this.address = environment.getProperty("server.address", "127.0.0.1");
        }

        /** @throws StartupFailure if another process has it; a port of 0 is any that is free */
        void require() {
            if (port > 0) {
                try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
                    socket.getLocalPort();
                } catch (IOException e) {
                    throw new StartupFailure(
                            ExitCode.PORT,
                            "The web server cannot listen on %s:%d: %s".formatted(address, port, e.getMessage()),
                            "Stop the process that uses the port, or set server.port and server.address to others.");
                }
            }
        }
    }
}

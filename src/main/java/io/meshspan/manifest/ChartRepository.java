package io.meshspan.manifest;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.ShowCommand.ShowSubcommand;
import com.marcnuri.helm.TemplateCommand;
import io.meshspan.finding.UrlCredentials;
import io.meshspan.manifest.ChartProperties.Login;
import io.meshspan.mesh.IstioVersion;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Registers the repository with Helm, once, in Helm configuration of our own, so that Helm neither reads nor changes a
 * user's. Logs in to a registry only while Helm fetches a chart, because Helm keeps that login with the user's logins.
 */
final class ChartRepository {

    private static final Pattern QUERY = Pattern.compile("(://[^\\s\"'?]+)\\?[^\\s\"']+");

    private final ChartLocation location;
    private final ChartProperties properties;
    private @Nullable Path configuration;

    ChartRepository(ChartLocation location, ChartProperties properties) {
        this.location = location;
        this.properties = properties;
    }

    /**
     * Renders a chart. A chart on disk has its own version; other sources get the version from this call.
     *
     * @throws IllegalStateException with Helm's message
     */
    @Nullable
    String call(TemplateCommand command, IstioVersion version) {
        if (location.isRepository()) {
            return command.withRepositoryConfig(configuration())
                    .withVersion(version.toString())
                    .call();
        }
        if (!location.isRegistry()) {
            return command.call();
        }
        caFile().ifPresent(command::withCaFile);
        command.withVersion(version.toString());
        return properties.login().isPresent() ? loggedIn(properties.login().get(), command::call) : command.call();
    }

    /**
     * A chart's {@code values.yaml}. Helm cannot show a chart of a repository that it knows only from a file, but it can
     * show a chart at an address. Repositories have charts at an address of this form. The call sends no login, because an
     * address may not contain one.
     *
     * @throws IllegalStateException with Helm's message
     */
    Optional<String> values(Chart chart, IstioVersion version) {
        if (location.isRepository() && properties.login().isPresent()) {
            return Optional.empty();
        }
        ShowSubcommand command = Helm.show(
                        location.isRepository()
                                ? "%s/%s-%s.tgz"
                                        .formatted(
                                                properties.source().replaceFirst("/+$", ""), chart.published(), version)
                                : location.reference(chart, version))
                .values();
        if (location.isRepository() || location.isRegistry()) {
            caFile().ifPresent(command::withCaFile);
        }
        if (location.isRegistry()) {
            command.withVersion(version.toString());
        }
        return Optional.ofNullable(
                location.isRegistry() && properties.login().isPresent()
                        ? loggedIn(properties.login().get(), command::call)
                        : command.call());
    }

    private synchronized Path configuration() {
        if (configuration == null || !Files.exists(configuration)) {
            Path file = WorkFolder.folder("helm").resolve("repositories.yaml");
            var add = Helm.repo()
                    .add()
                    .withRepositoryConfig(file)
                    .withName(location.repository())
                    .withUrl(URI.create(properties.source()));
            properties
                    .login()
                    .ifPresent(login -> add.withUsername(login.username())
                            .withPassword(login.password().text()));
            caFile().ifPresent(add::withCaFile);
            add.call();
            configuration = file;
        }
        return configuration;
    }

    /** One at a time: a logout would also log out the other callers. */
    private synchronized @Nullable String loggedIn(Login login, Supplier<@Nullable String> call) {
        String host = URI.create(properties.source()).getAuthority();
        var in = Helm.registry()
                .login()
                .withHost(host)
                .withUsername(login.username())
                .withPassword(login.password().text());
        var out = Helm.registry().logout().withHost(host);
        caFile().ifPresent(file -> {
            in.withCaFile(file);
            out.withCaFile(file);
        });
        in.call();
        try {
            return call.get();
        } finally {
            out.call();
        }
    }

    private Optional<Path> caFile() {
        return Optional.ofNullable(properties.caFile()).map(Path::toAbsolutePath);
    }

    /** Helm's message without the login and without what a storage puts behind an address to let its bearer in, because it goes into tasks, records and the evidence. */
    String cleaned(String words) {
        String cleaned = QUERY.matcher(UrlCredentials.removedFrom(words)).replaceAll("$1?...");
        for (String secret : properties.login().map(ChartRepository::forms).orElse(List.of())) {
            cleaned = cleaned.replace(secret, "***");
        }
        return cleaned;
    }

    /** The forms in which Go writes a password: plain, in a URL, in a header, and quoted. */
    private static List<String> forms(Login login) {
        String password = login.password().text();
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
        return List.of(
                Base64.getEncoder()
                        .encodeToString((login.username() + ":" + password).getBytes(StandardCharsets.UTF_8)),
                password,
                encoded,
                encoded.replace("+", "%20"),
                password.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}

package io.meshspan.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.finding.UrlCredentials;
import io.meshspan.login.LoginFailed;
import io.meshspan.login.ProxyRoute;
import io.meshspan.login.ServerTrust;
import io.meshspan.mesh.IstioVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Finds the versions of Istio in the source of the charts, using the chart istiod. It reads the index of a Helm repository
 * (helm.sh, "The Chart Repository Guide"), the archives of a folder, or the folders in the place of {@code {version}}.
 */
@Component
final class ChartVersions {

    /** Istio's own index is larger than the parser's default limit of three million characters. */
    private static final int LARGEST_INDEX = 64 * 1024 * 1024;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final String VERSION = "{version}";

    private final ChartProperties properties;
    private final ChartLocation location;
    private final Map<String, String> environment;

    @Autowired
    ChartVersions(ChartProperties properties) {
        this(properties, System.getenv());
    }

    /** @param environment with the proxy, which Helm takes from there, too */
    ChartVersions(ChartProperties properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
        this.location = new ChartLocation(properties.source());
    }

    /**
     * Unordered. Empty if the charts have no version of their own, or if the source is a registry: neither lists versions.
     *
     * @throws Unreadable with a message for the log
     */
    List<IstioVersion> read() {
        try {
            if (location.isRegistry()) {
                return List.of();
            }
            return location.isRepository() ? ofIndex() : ofFolder();
        } catch (LoginFailed e) {
            throw new Unreadable(e.what() + " is not the address of a proxy");
        } catch (IOException e) {
            throw new Unreadable(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreadable("the service ends");
        }
    }

    private List<IstioVersion> ofIndex() throws IOException, InterruptedException {
        String base = properties.source().replaceAll("/+$", "");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + "/index.yaml")).timeout(LIMIT);
        properties.login().ifPresent(login -> request.header("Authorization", basic(login)));
        HttpResponse<InputStream> answer = client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != OK) {
                throw new Unreadable("status %d".formatted(answer.statusCode()));
            }
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(LARGEST_INDEX);
            JsonNode entries = YAMLMapper.builder(
                            YAMLFactory.builder().loaderOptions(options).build())
                    .build()
                    .readTree(body)
                    .path("entries")
                    .path(Chart.ISTIOD.published());
            return versions(StreamSupport.stream(entries.spliterator(), false)
                    .map(entry -> entry.path("version").asText()));
        }
    }

    /** Java would hand the password on to wherever a redirect leads. */
    private HttpClient client() throws IOException {
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .followRedirects(properties.login().isPresent() ? Redirect.NEVER : Redirect.NORMAL)
                .version(HttpClient.Version.HTTP_1_1);
        ProxyRoute.of(URI.create(properties.source()), environment)
                .filter(proxy -> !proxy.isSocks())
                .map(ProxyRoute::address)
                .ifPresent(proxy ->
                        client.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHostString(), proxy.getPort()))));
        if (properties.caFile() != null) {
            client.sslContext(trusting(properties.caFile().toAbsolutePath()));
        }
        return client.build();
    }

    private static SSLContext trusting(Path caFile) throws IOException {
        try {
            return ServerTrust.in(Files.readAllBytes(caFile), Optional.empty()).context(Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String basic(ChartProperties.Login login) {
        String both = login.username() + ":" + login.password().text();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private List<IstioVersion> ofFolder() throws IOException {
        String source = properties.source();
        int at = source.indexOf(VERSION);
        if (at < 0) {
            return named(Path.of(source), Pattern.quote(Chart.ISTIOD.published() + "-") + "(.+)\\.tgz");
        }
        int begin = source.lastIndexOf('/', at) + 1;
        int next = source.indexOf('/', at);
        String segment = source.substring(begin, next < 0 ? source.length() : next);
        Path parent = Path.of(begin == 0 ? "." : source.substring(0, begin));
        String form = Stream.of(segment.split(Pattern.quote(VERSION), 2))
                .map(Pattern::quote)
                .reduce((before, after) -> before + "(.+)" + after)
                .orElseThrow();
        return named(parent, form).stream()
                .filter(version ->
                        location.folder(version).filter(Files::isDirectory).isPresent())
                .toList();
    }

    private static List<IstioVersion> named(Path folder, String form) throws IOException {
        Pattern pattern = Pattern.compile(form);
        try (Stream<Path> files = Files.list(folder)) {
            return versions(files.map(file -> pattern.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .map(name -> name.group(1)));
        }
    }

    private static List<IstioVersion> versions(Stream<String> texts) {
        return texts.map(ChartVersions::version).flatMap(Optional::stream).toList();
    }

    private static Optional<IstioVersion> version(String text) {
        try {
            return Optional.of(IstioVersion.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The message without the login, which the address of a proxy or a redirect may contain. */
    final class Unreadable extends RuntimeException {

        private Unreadable(String why) {
            super("%s does not say which versions it has (%s)"
                    .formatted(UrlCredentials.removedFrom(properties.source()), why));
        }
    }
}

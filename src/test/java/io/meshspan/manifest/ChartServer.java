package io.meshspan.manifest;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A chart repository or a registry on loopback: a folder with index.yaml and archives, or with what {@code /v2/} answers. */
public final class ChartServer implements AutoCloseable {

    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final Path folder;
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private ChartServer(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
    }

    static ChartServer start(Path folder) throws IOException {
        ChartServer started = new ChartServer(folder, HttpServer.create(address(), 0));
        started.answer();
        return started;
    }

    /** By HTTPS, for one user only. */
    public static ChartServer start(Path folder, SSLContext tls, String user, String password) throws IOException {
        HttpsServer https = HttpsServer.create(address(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        ChartServer started = new ChartServer(folder, https);
        started.answer().setAuthenticator(new BasicAuthenticator("charts") {
            @Override
            public boolean checkCredentials(String name, String given) {
                return name.equals(user) && given.equals(password);
            }
        });
        return started;
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private HttpContext answer() {
        HttpContext all = server.createContext("/", this::answer);
        server.start();
        return all;
    }

    public String url() {
        return (server instanceof HttpsServer ? "https://" : "http://") + authority();
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        Path file = folder.resolve(path.substring(1));
        try (exchange) {
            if (path.equals("/v2/")) {
                exchange.sendResponseHeaders(OK, -1);
            } else if (Files.isRegularFile(file)) {
                send(exchange, path, Files.readAllBytes(file));
            } else {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
            }
        }
    }

    private static void send(HttpExchange exchange, String path, byte[] content) throws IOException {
        if (path.contains("/manifests/")) {
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.oci.image.manifest.v1+json");
            exchange.getResponseHeaders().set("Docker-Content-Digest", OciChart.digest(content));
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
        }
        exchange.sendResponseHeaders(OK, head ? -1 : content.length);
        if (!head) {
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

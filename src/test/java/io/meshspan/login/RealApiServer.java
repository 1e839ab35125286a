package io.meshspan.login;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** An etcd and a kube-apiserver, where fabric8's kube-api-test keeps them; where they are not, the test is skipped. */
public final class RealApiServer implements AutoCloseable {

    private static final Path PROGRAMS = Path.of(System.getProperty("user.home"), ".kubeapitest", "k8s");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<Process> processes = new ArrayList<>();
    private final Path folder;
    private final TestAuthority authority;
    private final int port = freePort();

    private RealApiServer(Path folder, TestAuthority authority) {
        this.folder = folder;
        this.authority = authority;
    }

    /**
     * @param authority the CA of its own certificate and of client certificates
     * @param tokens lines of a token file: token, user, uid, groups
     */
    public static RealApiServer start(Path folder, TestAuthority authority, String tokens, List<String> more)
            throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        assumeTrue(
                programs.isPresent(),
                "No kube-apiserver and etcd in " + PROGRAMS + ": logins are not tried on a real one");
        RealApiServer server = new RealApiServer(folder, authority);
        TestAuthority.Issued own = authority.server("127.0.0.1", "kube.example.org");
        String etcd = "http://127.0.0.1:" + freePort();
        server.run(
                programs.orElseThrow().resolve("etcd"),
                List.of(
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + etcd,
                        "--advertise-client-urls=" + etcd,
                        "--listen-peer-urls=http://127.0.0.1:" + freePort()));
        TestAuthority.Issued signer =
                authority.client("signer", "RSA", Instant.now().plusSeconds(3600));
        Path key = file(folder, "sa.key", signer.keyPkcs8());
        List<String> flags = new ArrayList<>(List.of(
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--secure-port=" + server.port,
                "--tls-cert-file=" + file(folder, "server.crt", own.certificatePem()),
                "--tls-private-key-file=" + file(folder, "server.key", own.keyPkcs8()),
                "--client-ca-file=" + file(folder, "clients.crt", authority.pem()),
                "--token-auth-file=" + file(folder, "tokens.csv", tokens),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--service-cluster-ip-range=10.0.0.0/24",
                "--authorization-mode=RBAC"));
        flags.addAll(more);
        server.run(programs.orElseThrow().resolve("kube-apiserver"), flags);
        try {
            server.awaitReady();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(PROGRAMS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PROGRAMS)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("kube-apiserver"))
                            && Files.isExecutable(version.resolve("etcd")))
                    .max(Comparator.naturalOrder());
        }
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** With one context, for whoever has this token. */
    public String kubeconfig(String context, String token) {
        return """
                current-context: %1$s
                contexts: [{name: %1$s, context: {cluster: %1$s, user: %1$s}}]
                clusters: [{name: %1$s, cluster: {server: "%2$s", certificate-authority-data: %3$s}}]
                users: [{name: %1$s, user: {token: %4$s}}]
                """.formatted(context, url(), TestAuthority.base64(authority.pem()), token);
    }

    private void run(Path program, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(flags);
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program.getFileName() + ".log").toFile())
                .start());
    }

    private void awaitReady() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting())
                .build();
        Instant end = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(end)) {
            try {
                if (client.send(
                                        HttpRequest.newBuilder(URI.create(url() + "/readyz"))
                                                .build(),
                                        BodyHandlers.discarding())
                                .statusCode()
                        == HttpURLConnection.HTTP_OK) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            }
            if (processes.get(1).waitFor(300, TimeUnit.MILLISECONDS)) {
                throw new IOException("kube-apiserver has ended: " + lastLine());
            }
        }
        throw new IOException("kube-apiserver is not ready after " + LIMIT + ": " + lastLine());
    }

    private String lastLine() throws IOException {
        return Files.readString(folder.resolve("kube-apiserver.log")).lines().reduce("", (first, last) -> last);
    }

    private SSLContext trusting() throws IOException {
        try {
            return ServerTrust.in(authority.pem().getBytes(StandardCharsets.US_ASCII), Optional.empty())
                    .context(Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static Path file(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (int last = processes.size() - 1; last >= 0; last--) {
            Process process = processes.get(last);
            process.destroyForcibly();
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }
}

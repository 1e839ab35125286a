package io.meshspan.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.meshspan.trust.OfflineRoot.Signed;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * The part of Vault's API that trust needs, over HTTPS, as Vault documents it: PKI's {@code cert/ca}, {@code cert/ca_chain}
 * and {@code root/sign-intermediate}, {@code sys/capabilities-self}, and errors as {@code {"errors": [...]}}.
 */
final class VaultStandIn implements AutoCloseable {

    static final String TOKEN = "hvs.token-of-the-stand-in";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpsServer server;
    private final Signed issuing;
    private final Path caFile;
    private final List<JsonNode> signed = new CopyOnWriteArrayList<>();
    private String token = TOKEN;
    private int failing;
    private String failure = "";

    VaultStandIn(Path folder, Signed issuing) throws Exception {
        this.issuing = issuing;
        OfflineRoot web = OfflineRoot.named("Web Root");
        Signed itself = web.signs(
                "vault",
                0,
                Map.of(
                        Extension.subjectAlternativeName,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1"))));
        caFile = Files.writeString(folder.resolve("vault-ca.pem"), web.certificatePem());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(itself)));
        server.createContext("/v1/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    Path caFile() {
        return caFile;
    }

    /** The bodies of the requests to sign. */
    List<JsonNode> signed() {
        return signed;
    }

    void accepts(String other) {
        token = other;
    }

    /** Each request to sign is answered like this from now on. */
    void fails(int status, String body) {
        failing = status;
        failure = body;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/v1/".length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean known = token.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
        switch (path) {
            case "pki/cert/ca" -> send(exchange, 200, data(Map.of("certificate", issuing.certificatePem())));
            case "pki/cert/ca_chain" ->
                send(
                        exchange,
                        200,
                        data(Map.of("certificate", OfflineRoot.pem(all()), "ca_chain", OfflineRoot.pem(all()))));
            case "sys/capabilities-self" -> {
                if (known) {
                    send(exchange, 200, JSON.writeValueAsString(Map.of("capabilities", List.of("update"))));
                } else {
                    send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
                }
            }
            case "pki/root/sign-intermediate" -> sign(exchange, known, JSON.readTree(body));
            default -> send(exchange, 404, "{\"errors\":[]}");
        }
    }

    private void sign(HttpExchange exchange, boolean known, JsonNode body) throws IOException {
        if (!known) {
            send(exchange, 403, "{\"errors\":[\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}");
        } else if (failing != 0) {
            send(exchange, failing, failure);
        } else {
            signed.add(body);
            try (PEMParser parser =
                    new PEMParser(new StringReader(body.path("csr").asText()))) {
                X509Certificate certificate = issuing.signs((PKCS10CertificationRequest) parser.readObject());
                List<String> chain =
                        issuing.chain().stream().map(OfflineRoot::pem).toList();
                send(
                        exchange,
                        200,
                        data(Map.of(
                                "certificate",
                                OfflineRoot.pem(certificate) + String.join("", chain),
                                "issuing_ca",
                                issuing.certificatePem(),
                                "ca_chain",
                                chain)));
            } catch (Exception e) {
                send(exchange, 400, "{\"errors\":[\"" + e.getClass().getSimpleName() + "\"]}");
            }
        }
    }

    private X509Certificate[] all() {
        return issuing.chain().toArray(X509Certificate[]::new);
    }

    private static String data(Map<String, ?> data) throws IOException {
        return JSON.writeValueAsString(Map.of("data", data));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static SSLContext tls(Signed itself) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "vault", itself.keys().getPrivate(), new char[0], itself.chain().toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

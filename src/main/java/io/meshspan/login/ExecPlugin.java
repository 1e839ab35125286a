package io.meshspan.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.meshspan.inventory.ContextLogin;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A command that prints a credential. It runs as under client-go: only its standard output is the answer,
 * {@code KUBERNETES_EXEC_INFO} describes the cluster, and there is no terminal
 * (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins).
 */
final class ExecPlugin {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final String EXTENSION = "client.authentication.k8s.io/exec";

    private final ContextLogin login;
    private final ExecConfig exec;
    private final Duration limit;

    ExecPlugin(ContextLogin login, ExecConfig exec, Duration limit) {
        this.login = login;
        this.exec = exec;
        this.limit = limit;
    }

    Credential run() {
        Process process = started();
        FutureTask<byte[]> output = new FutureTask<>(() -> output(process));
        Thread reader = new Thread(output, "exec-plugin");
        reader.setDaemon(true);
        reader.start();
        try {
            byte[] answer = output.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
            if (process.exitValue() != 0) {
                throw failed("exit code " + process.exitValue());
            }
            return credential(answer);
        } catch (TimeoutException e) {
            throw failed("no end within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw failed("an output that cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("an interruption");
        } finally {
            end(process);
        }
    }

    /** Does not touch processes that an ended plugin has left, such as a keyring's agent. */
    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process started() {
        List<String> command = new ArrayList<>(List.of(login.command(exec)));
        command.addAll(Optional.ofNullable(exec.getArgs()).orElseGet(List::of));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectError(Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("MESHSPAN_") || name.startsWith("SPRING_"));
        Optional.ofNullable(exec.getEnv()).orElseGet(List::of).stream()
                .filter(variable -> isVariable(variable.getName()))
                .forEach(variable -> environment.put(
                        variable.getName(),
                        Optional.ofNullable(variable.getValue()).orElse("")));
        environment.put("KUBERNETES_EXEC_INFO", info());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new LoginFailed(
                    what(),
                    "a command that can be run",
                    "none",
                    Optional.ofNullable(exec.getInstallHint())
                            .filter(hint -> !hint.isBlank())
                            .map(hint -> "Install it where Meshspan runs: " + hint.strip())
                            .orElse("Install it where Meshspan runs, and make it executable."));
        }
    }

    /** Whether an environment can have a variable of this name. */
    private static boolean isVariable(@Nullable String name) {
        return name != null && !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0;
    }

    private static byte[] output(Process process) throws IOException {
        try (InputStream stdout = process.getInputStream()) {
            byte[] answer = stdout.readNBytes(LONGEST_ANSWER);
            stdout.transferTo(OutputStream.nullOutputStream());
            return answer;
        }
    }

    /** The plugin's information about the cluster; the full information only if the kubeconfig says so. */
    private String info() {
        ObjectNode info = JSON.createObjectNode();
        info.put("kind", "ExecCredential");
        info.put("apiVersion", exec.getApiVersion());
        ObjectNode spec = info.putObject("spec");
        spec.put("interactive", false);
        if (Boolean.TRUE.equals(exec.getProvideClusterInfo())) {
            Cluster cluster = login.cluster();
            ObjectNode told = spec.putObject("cluster");
            put(told, "server", cluster.getServer());
            put(told, "tls-server-name", cluster.getTlsServerName());
            put(told, "proxy-url", cluster.getProxyUrl());
            if (!login.verified()) {
                told.put("insecure-skip-tls-verify", true);
            }
            authority().ifPresent(pem -> told.put("certificate-authority-data", pem));
            Optional.ofNullable(cluster.getExtensions()).orElseGet(List::of).stream()
                    .filter(extension -> EXTENSION.equals(extension.getName()))
                    .findFirst()
                    .ifPresent(extension -> told.set("config", JSON.valueToTree(extension.getExtension())));
        }
        return info.toString();
    }

    private Optional<String> authority() {
        try {
            return login.authority().map(Base64.getEncoder()::encodeToString);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void put(ObjectNode node, String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            node.put(field, value);
        }
    }

    private Credential credential(byte[] answer) {
        JsonNode read = json(answer);
        if (!"ExecCredential".equals(read.path("kind").asText())
                || !read.path("apiVersion").asText().equals(exec.getApiVersion())) {
            throw failed("an answer of another kind or apiVersion");
        }
        JsonNode status = read.path("status");
        Optional<String> token = text(status, "token");
        Optional<String> certificate = text(status, "clientCertificateData");
        Optional<String> key = text(status, "clientKeyData");
        if ((token.isEmpty() && certificate.isEmpty()) || certificate.isPresent() != key.isPresent()) {
            throw failed("an answer without a token or without a certificate and its key");
        }
        return new Credential(
                token.flatMap(this::authorization),
                certificate.map(pem -> identity(pem, key.orElseThrow())),
                text(status, "expirationTimestamp").map(this::instant));
    }

    private Optional<String> authorization(String token) {
        try {
            return Credential.bearer(token, Optional.empty()).authorization();
        } catch (LoginFailed e) {
            throw failed("a token with characters that no header can have");
        }
    }

    private ClientIdentity identity(String certificate, String key) {
        try {
            return ClientIdentity.of(
                    certificate.getBytes(StandardCharsets.US_ASCII), key.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw failed("a certificate or a key that cannot be read");
        }
    }

    private Instant instant(String timestamp) {
        try {
            return OffsetDateTime.parse(timestamp).toInstant();
        } catch (DateTimeException e) {
            throw failed("an expirationTimestamp that is no time");
        }
    }

    /** Hides the parser's message, which would quote the answer. */
    private JsonNode json(byte[] answer) {
        try {
            return JSON.readTree(new String(answer, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw failed("an output that is no JSON");
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asText("")).filter(value -> !value.isEmpty());
    }

    private LoginFailed failed(String found) {
        return new LoginFailed(
                what(),
                "an ExecCredential of " + exec.getApiVersion() + " on its standard output",
                found,
                "Run it as the user that runs Meshspan, without a terminal, and see what it says; then try again.");
    }

    private String what() {
        return "exec plugin " + exec.getCommand();
    }
}

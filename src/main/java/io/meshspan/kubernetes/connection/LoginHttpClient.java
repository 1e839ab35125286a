package io.meshspan.kubernetes.connection;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.meshspan.login.Credential;
import io.meshspan.login.LoginFailed;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Sends each call with the current credential. If the API server answers 401, it renews the credential and sends the call
 * once more. The client itself (7.5) can do neither: it reads a login once, and cannot change a client certificate.
 */
final class LoginHttpClient
        extends StandardHttpClient<LoginHttpClient, LoginHttpClientFactory, LoginHttpClientFactory.Builder> {

    /** A renewal may start a plugin. The client's own threads must not wait for that. */
    private static final Executor RENEWALS = renewals();

    private final LoginTransports transports;
    private final ApiCallMeter.OfCluster meter;

    LoginHttpClient(
            StandardHttpClientBuilder<LoginHttpClient, LoginHttpClientFactory, LoginHttpClientFactory.Builder> builder,
            AtomicBoolean closed,
            LoginTransports transports,
            ApiCallMeter.OfCluster meter) {
        super(builder, closed);
        this.meter = meter;
        this.transports = transports;
    }

    private static Executor renewals() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("login-");
        threads.setDaemon(true);
        return Executors.newCachedThreadPool(threads);
    }

    LoginTransports transports() {
        return transports;
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        return meter.measured(request, answer(request, consumer));
    }

    private CompletableFuture<HttpResponse<AsyncBody>> answer(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        return aside(transports::current)
                .thenCompose(credential -> send(request, consumer, credential).thenCompose(answer -> {
                    if (answer.code() != HttpURLConnection.HTTP_UNAUTHORIZED) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    return aside(() -> transports.renew(credential)).thenCompose(renewed -> {
                        if (!renewed) {
                            return CompletableFuture.completedFuture(answer);
                        }
                        answer.body().cancel();
                        return aside(transports::current).thenCompose(fresh -> send(request, consumer, fresh));
                    });
                }));
    }

    private CompletableFuture<HttpResponse<AsyncBody>> send(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer, Credential credential) {
        StandardHttpRequest.Builder complete = request.newBuilder();
        transports.headers(credential).forEach(header -> complete.header(header.getKey(), header.getValue()));
        return transports.by(credential).consumeBytesDirect(complete.build(), consumer);
    }

    /** If an upgrade is refused, only the client sees the status, see {@link LoginHttpClientFactory}. */
    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
            StandardWebSocketBuilder upgrade, WebSocket.Listener listener) {
        return aside(transports::current).thenCompose(credential -> {
            StandardWebSocketBuilder complete = upgrade.newBuilder();
            transports.headers(credential).forEach(header -> complete.header(header.getKey(), header.getValue()));
            return transports.by(credential).buildWebSocketDirect(complete, listener);
        });
    }

    static <T> CompletableFuture<T> aside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.get();
                    } catch (LoginFailed e) {
                        throw new KubernetesClientException("login", e);
                    }
                },
                RENEWALS);
    }

    @Override
    protected void doClose() {
        transports.close();
    }
}

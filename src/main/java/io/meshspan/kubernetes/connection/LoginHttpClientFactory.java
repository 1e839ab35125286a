package io.meshspan.kubernetes.connection;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.meshspan.login.ClusterLogin;
import io.meshspan.login.Credential;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Creates HTTP clients that log in to one API server, instead of the client's own. */
final class LoginHttpClientFactory implements HttpClient.Factory {

    private final ClusterLogin login;
    private final Duration connectWithin;
    private final ApiCallMeter.OfCluster meter;

    LoginHttpClientFactory(ClusterLogin login, Duration connectWithin, ApiCallMeter.OfCluster meter) {
        this.meter = meter;
        this.login = login;
        this.connectWithin = connectWithin;
    }

    @Override
    public Builder newBuilder() {
        return new Builder(this);
    }

    /** The TLS, proxy and token settings come from the login, and override the client's configuration. */
    static final class Builder extends StandardHttpClientBuilder<LoginHttpClient, LoginHttpClientFactory, Builder> {

        Builder(LoginHttpClientFactory factory) {
            super(factory);
        }

        @Override
        public LoginHttpClient build() {
            LoginHttpClient derivedFrom = client;
            if (derivedFrom != null) {
                return new LoginHttpClient(
                        this, derivedFrom.getClosed(), derivedFrom.transports(), clientFactory.meter);
            }
            LoginTransports transports = new LoginTransports(clientFactory.login, clientFactory.connectWithin);
            addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, new RefusedUpgrades(transports));
            return new LoginHttpClient(this, new AtomicBoolean(), transports, clientFactory.meter);
        }

        @Override
        protected Builder newInstance(LoginHttpClientFactory factory) {
            return new Builder(factory);
        }
    }

    /** Exec and port-forward start as an upgrade. If it is refused with 401, it is sent once more, like other calls. */
    private record RefusedUpgrades(LoginTransports transports) implements Interceptor {

        @Override
        public CompletableFuture<Boolean> afterFailure(
                BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
            if (!(response instanceof WebSocketUpgradeResponse)
                    || response.code() != HttpURLConnection.HTTP_UNAUTHORIZED) {
                return CompletableFuture.completedFuture(false);
            }
            Optional<String> sent = Optional.ofNullable(response.request().header("Authorization"));
            return LoginHttpClient.aside(() -> {
                Credential current = transports.current();
                return !current.authorization().equals(sent) || transports.renew(current);
            });
        }
    }
}

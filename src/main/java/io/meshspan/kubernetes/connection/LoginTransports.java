package io.meshspan.kubernetes.connection;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient.ProxyType;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.vertx.VertxHttpClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.meshspan.login.ClientIdentity;
import io.meshspan.login.ClusterLogin;
import io.meshspan.login.Credential;
import io.meshspan.login.ProxyRoute;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one API server. A client certificate belongs to a connection. After its renewal, new calls use new
 * connections, and running calls end on the old ones.
 */
final class LoginTransports {

    /** Longer than any running call or watch. */
    private static final int MINUTES_TO_END = 10;

    private final ClusterLogin login;
    private final Duration connectWithin;
    private final Optional<TlsProxyRelay> relay;
    private @Nullable Transport kept;

    private record Transport(VertxHttpClient<VertxHttpClientFactory> client, Optional<ClientIdentity> identity) {}

    LoginTransports(ClusterLogin login, Duration connectWithin) {
        this.login = login;
        this.connectWithin = connectWithin;
        this.relay = login.proxy()
                .filter(ProxyRoute::isTls)
                .map(proxy -> TlsProxyRelay.to(proxy.address(), login.trust().trustManager()));
    }

    Credential current() {
        return login.credentials().current();
    }

    boolean renew(Credential refused) {
        return login.credentials().renew(refused);
    }

    Stream<Map.Entry<String, String>> headers(Credential credential) {
        return Stream.concat(
                credential.authorization().map(value -> Map.entry("Authorization", value)).stream(),
                login.headers().stream());
    }

    synchronized VertxHttpClient<VertxHttpClientFactory> by(Credential credential) {
        Transport last = kept;
        if (last != null && last.identity().equals(credential.identity())) {
            return last.client();
        }
        Transport fresh = new Transport(open(credential.identity()), credential.identity());
        kept = fresh;
        if (last != null) {
            CompletableFuture.delayedExecutor(MINUTES_TO_END, TimeUnit.MINUTES).execute(last.client()::close);
        }
        return fresh.client();
    }

    private VertxHttpClient<VertxHttpClientFactory> open(Optional<ClientIdentity> identity) {
        try {
            TransportBuilder builder = new TransportBuilder(login.trust().context(identity));
            builder.connectTimeout(connectWithin.toMillis(), TimeUnit.MILLISECONDS);
            builder.followAllRedirects();
            login.proxy().ifPresent(proxy -> {
                builder.proxyType(proxy.isSocks() ? ProxyType.SOCKS5 : ProxyType.HTTP);
                InetSocketAddress address = proxy.address();
                builder.proxyAddress(relay.map(TlsProxyRelay::address).orElse(address));
                proxy.userInfo().map(HttpClientUtils::basicCredentials).ifPresent(builder::proxyAuthorization);
            });
            return builder.build();
        } catch (IOException | GeneralSecurityException e) {
            throw new KubernetesClientException("no connection can be made with this certificate", e);
        }
    }

    synchronized void close() {
        if (kept != null) {
            kept.client().close();
        }
        relay.ifPresent(TlsProxyRelay::close);
    }

    /** The client creates its own TLS context. This one requests another server name if the kubeconfig has one. */
    private static final class TransportBuilder extends VertxHttpClientBuilder<VertxHttpClientFactory> {

        TransportBuilder(SSLContext context) {
            super(new VertxHttpClientFactory(), null);
            this.sslContext = context;
        }
    }
}

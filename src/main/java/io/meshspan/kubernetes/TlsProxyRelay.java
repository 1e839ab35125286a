package io.meshspan.kubernetes;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.TrustManager;

/**
 * The client speaks to a proxy in plain text only. For a proxy of an {@code https} address this takes its connections on a
 * loopback port and carries them to the proxy by TLS. The proxy's certificate must be of the kubeconfig's CA, as with kubectl.
 * What goes through it is the client's own TLS with the API server.
 */
final class TlsProxyRelay {

    private final Vertx vertx;
    private final InetSocketAddress address;

    private TlsProxyRelay(Vertx vertx, InetSocketAddress address) {
        this.vertx = vertx;
        this.address = address;
    }

    static TlsProxyRelay to(InetSocketAddress proxy, Optional<TrustManager> trusted) {
        Vertx vertx = Vertx.vertx();
        NetClientOptions options = new NetClientOptions().setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        trusted.map(TrustOptions::wrap).ifPresent(options::setTrustOptions);
        NetClient client = vertx.createNetClient(options);
        NetServer server = vertx.createNetServer().connectHandler(near -> {
            near.pause();
            client.connect(SocketAddress.inetSocketAddress(proxy.getPort(), proxy.getHostString()))
                    .onSuccess(far -> join(near, far))
                    .onFailure(unreachable -> near.close());
        });
        int port = server.listen(0, InetAddress.getLoopbackAddress().getHostAddress())
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return new TlsProxyRelay(vertx, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static void join(NetSocket near, NetSocket far) {
        near.pipeTo(far);
        far.pipeTo(near);
        near.resume();
    }

    InetSocketAddress address() {
        return address;
    }

    void close() {
        vertx.close();
    }
}

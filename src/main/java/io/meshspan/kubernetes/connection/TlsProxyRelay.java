package io.meshspan.kubernetes.connection;

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
 * The client can only connect to a proxy in plain text. For a proxy with an {@code https} address, this class accepts the
 * client's connections on a loopback port and forwards them to the proxy with TLS. As with kubectl, the kubeconfig's CA must
 * have signed the proxy's certificate. Inside that connection runs the client's own TLS with the API server.
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

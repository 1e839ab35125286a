package io.meshspan.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.stereotype.Component;

/** The same after a restart; different for two nodes on one host, because they cannot share a port. */
@Component
public final class NodeId {

    private static final int USUAL_PORT = 8080;

    private final String value;

    public NodeId(NodeProperties node, ServerProperties server) {
        this.value = Optional.ofNullable(node.id()).orElseGet(() -> hostAndPort(server));
    }

    private static String hostAndPort(ServerProperties server) {
        return hostName() + ":" + Objects.requireNonNullElse(server.getPort(), USUAL_PORT);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "meshspan";
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

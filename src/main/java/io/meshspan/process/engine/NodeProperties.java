package io.meshspan.process.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * This node among those that share the database.
 *
 * @param id unique among the running nodes and the same after a restart; the host's name if absent
 */
@ConfigurationProperties("meshspan.node")
record NodeProperties(@Nullable String id) {

    String idOrHostName() {
        if (id != null) {
            return id;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "meshspan";
        }
    }
}

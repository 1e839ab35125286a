package io.meshspan.process.engine.node;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.stereotype.Component;

/** This node's id belongs to it alone, while it lives: under one id, one node would take the other's work for its own. */
@Component
final class NodeClaim {

    private static final Logger LOG = LoggerFactory.getLogger(NodeClaim.class);

    private final NodeId id;
    private final AdvisoryLock lock;

    NodeClaim(NodeId id, DataSource database, DataSourceProperties settings) {
        this.id = id;
        this.lock = new AdvisoryLock(database, settings, "meshspan node " + id);
    }

    /** @throws NodeIdTaken if another running node has it */
    void take() throws SQLException {
        if (!lock.tryTake()) {
            throw new NodeIdTaken(id);
        }
    }

    /** Again, should the connection have been lost meanwhile. */
    void renew() throws SQLException {
        if (!lock.tryTake()) {
            LOG.error(
                    "Another node runs under the id {} too: stop one, and give each a meshspan.node.id of its own", id);
        }
    }
}

package io.meshspan.node;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.stereotype.Component;

/** Reserves this node's id while it runs: with the same id, one node would take over the work of another. */
@Component
public final class NodeClaim {

    private static final Logger LOG = LoggerFactory.getLogger(NodeClaim.class);

    private final NodeId id;
    private final AdvisoryLock lock;

    public NodeClaim(NodeId id, DataSource database, DataSourceProperties settings) {
        this.id = id;
        this.lock = new AdvisoryLock(database, settings, "meshspan node " + id);
    }

    /** @throws NodeIdTaken if another running node has it */
    public void take() throws SQLException {
        if (!lock.tryTake()) {
            throw new NodeIdTaken(id);
        }
    }

    /** Takes it again if the connection was lost. */
    public void renew() throws SQLException {
        if (!lock.tryTake()) {
            LOG.error(
                    "Another node has the same id {}: stop one of them, and give each a different meshspan.node.id",
                    id);
        }
    }

    /** Another running node on this database has the same id. */
    static final class NodeIdTaken extends StartupFailure {

        NodeIdTaken(NodeId id) {
            super(
                    ExitCode.NODE_ID,
                    "Another node runs under the id '%s' on this database.".formatted(id),
                    "Give each node a different id (meshspan.node.id, in the environment MESHSPAN_NODE_ID) that "
                            + "stays the same after restarts. If that node no longer exists, its id is free within half a "
                            + "minute.");
        }
    }
}

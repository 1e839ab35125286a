package io.meshspan.process.engine.node;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;

/** Another running node on this database has the same id. */
final class NodeIdTaken extends StartupFailure {

    NodeIdTaken(NodeId id) {
        super(
                ExitCode.NODE_ID,
                "Another node runs under the id '%s' on this database.".formatted(id),
                "Give each node an id of its own (meshspan.node.id, in the environment MESHSPAN_NODE_ID), the same"
                        + " after each restart. If that node is gone with its machine, its id is free within half a"
                        + " minute.");
    }
}

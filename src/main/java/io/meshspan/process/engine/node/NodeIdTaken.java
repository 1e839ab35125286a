package io.meshspan.process.engine.node;

/** Another running node on this database has the same id. */
final class NodeIdTaken extends RuntimeException {

    NodeIdTaken(NodeId id) {
        super("Another node runs under the id '%s' on this database.".formatted(id));
    }
}

package io.meshspan.process.engine.node;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words, without a stack trace, that nodes need names of their own. */
final class NodeIdTakenAnalyzer extends AbstractFailureAnalyzer<NodeIdTaken> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NodeIdTaken cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Give each node an id of its own (meshspan.node.id, in the environment MESHSPAN_NODE_ID), the same"
                        + " after each restart. If that node is gone with its machine, its id is free within half a"
                        + " minute.",
                cause);
    }
}

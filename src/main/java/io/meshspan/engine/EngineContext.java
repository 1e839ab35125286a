package io.meshspan.engine;

import java.time.Instant;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** What delegates and listeners need from the running command, and the engine's public API does not offer. */
public final class EngineContext {

    private EngineContext() {}

    /** Uses the engine's clock, which tests can set. */
    public static Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    /** Runs only if the transaction of this command commits. Exceptions of the work are lost. */
    public static void afterCommit(Runnable work) {
        Context.getCommandContext()
                .getTransactionContext()
                .addTransactionListener(TransactionState.COMMITTED, commit -> work.run());
    }
}

package io.meshspan.engine;

import java.time.Instant;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** What a delegate or a listener needs of the command that it runs in, and the engine's own interfaces do not offer. */
public final class EngineContext {

    private EngineContext() {}

    /** By the engine's clock, which tests set. */
    public static Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    /** Only if the transaction of this command commits; what the work throws is lost. */
    public static void afterCommit(Runnable work) {
        Context.getCommandContext()
                .getTransactionContext()
                .addTransactionListener(TransactionState.COMMITTED, commit -> work.run());
    }
}

package io.meshspan.engine.identity;

import io.meshspan.approval.ApprovalRefused;
import io.meshspan.approval.InvalidDecision;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;

/** A decision that is not valid: its task stays, and the message lists the valid values. REST answers 400. */
public final class DecisionRefused extends BadUserRequestException {

    private DecisionRefused(InvalidDecision invalid) {
        super(invalid.getMessage());
    }

    /**
     * Turns the exceptions of a decision rule into the engine's.
     *
     * @throws AuthorizationException for a person who may not decide. It is of this class and has no cause, so a boundary
     *     event that catches every error ignores it
     */
    static void ifTheRuleSaysSo(Runnable rule) {
        try {
            rule.run();
        } catch (ApprovalRefused refused) {
            throw new AuthorizationException(refused.getMessage());
        } catch (InvalidDecision invalid) {
            throw new DecisionRefused(invalid);
        }
    }
}

package io.meshspan.engine.identity;

import io.meshspan.approval.ApprovalRefused;
import io.meshspan.approval.InvalidDecision;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;

/** A decision that makes no sense: its task stays, and the message tells which values there are. REST answers 400. */
public final class DecisionRefused extends BadUserRequestException {

    private DecisionRefused(InvalidDecision invalid) {
        super(invalid.getMessage());
    }

    /**
     * Lets a rule of people's decisions speak to the engine.
     *
     * @throws AuthorizationException for a person who may not decide. As this class, it has no cause: so a boundary event
     *     that catches every error leaves it alone
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

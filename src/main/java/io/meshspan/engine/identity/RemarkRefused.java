package io.meshspan.engine.identity;

import org.camunda.bpm.engine.AuthorizationException;

/** A comment on a change outside of its record. Camunda's REST interface would replace this message by its own. */
public final class RemarkRefused extends AuthorizationException {

    RemarkRefused() {
        super(ForbiddenCommands.REMARKS.words());
    }
}

package io.meshspan.engine.identity;

import org.camunda.bpm.engine.AuthorizationException;

/** Something said about a change beside its record. Camunda's REST interface would put words of its own in place of these. */
public final class RemarkRefused extends AuthorizationException {

    RemarkRefused() {
        super(ForbiddenCommands.REMARKS.words());
    }
}

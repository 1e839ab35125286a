package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.AuthorizationException;

/** A command of the engine that nobody who is logged in may give, whatever the engine's own rights say. */
public final class CommandClosed extends AuthorizationException {

    CommandClosed(ClosedDoor door) {
        super(door.words());
    }
}

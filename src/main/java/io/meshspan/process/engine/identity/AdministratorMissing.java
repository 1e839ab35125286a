package io.meshspan.process.engine.identity;

/** There is no administrator and none is configured: Camunda would show its set-up page to whoever comes first. */
final class AdministratorMissing extends RuntimeException {

    AdministratorMissing() {
        super("no administrator is configured");
    }
}

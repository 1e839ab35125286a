package io.meshspan.process.engine.identity;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;

/** There is no administrator and none is configured: Camunda would show its set-up page to whoever comes first. */
final class AdministratorMissing extends StartupFailure {

    AdministratorMissing() {
        super(ExitCode.ADMINISTRATOR, "Meshspan has no administrator, and comes with no default password.", """
                Name one for the first start, for example in the environment:
                    MESHSPAN_ADMIN_USER=admin MESHSPAN_ADMIN_PASSWORD=...
                (properties meshspan.admin.user and meshspan.admin.password)\
                """);
    }
}

package io.meshspan.web.changes;

import io.meshspan.web.EngineUser;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.stereotype.Component;

/** Derives what a user may do here from their rights in the engine. */
@Component
class Readers {

    private final AuthorizationService rights;

    Readers(AuthorizationService rights) {
        this.rights = rights;
    }

    Reader reader(EngineUser user) {
        boolean tasks = user.mayOpen("tasklist");
        return new Reader(
                user.id(),
                user.name(),
                user.groups(),
                tasks || user.mayOpen("cockpit"),
                tasks,
                may(user, Permissions.CREATE, Resources.PROCESS_INSTANCE),
                may(user, ProcessDefinitionPermissions.RETRY_JOB, Resources.PROCESS_DEFINITION));
    }

    private boolean may(EngineUser user, Permission what, Resource where) {
        return rights.isUserAuthorized(user.id(), user.groups(), what, where, Authorization.ANY);
    }
}

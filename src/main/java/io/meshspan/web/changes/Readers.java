package io.meshspan.web.changes;

import io.meshspan.web.WebSession;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/** Who asks, by password in REST, by session in the browser; and what their rights in the engine let them do here. */
@Component
class Readers {

    private final IdentityService identity;
    private final AuthorizationService rights;
    private final WebSession session;

    Readers(IdentityService identity, AuthorizationService rights, WebSession session) {
        this.identity = identity;
        this.rights = rights;
        this.session = session;
    }

    Optional<Reader> reader(HttpServletRequest request) {
        return Optional.ofNullable(identity.getCurrentAuthentication())
                .map(this::byPassword)
                .or(() -> session.user(request).map(user -> reader(user.getIdentityId(), user.getGroupIds())));
    }

    private Reader byPassword(Authentication authentication) {
        return reader(
                authentication.getUserId(),
                Objects.requireNonNullElse(authentication.getGroupIds(), List.<String>of()));
    }

    private Reader reader(String id, List<String> groups) {
        boolean tasks = may(id, groups, Permissions.ACCESS, Resources.APPLICATION, "tasklist");
        boolean cockpit = may(id, groups, Permissions.ACCESS, Resources.APPLICATION, "cockpit");
        return new Reader(
                id,
                groups,
                tasks || cockpit,
                tasks,
                may(id, groups, Permissions.CREATE, Resources.PROCESS_INSTANCE, Authorization.ANY),
                may(
                        id,
                        groups,
                        ProcessDefinitionPermissions.RETRY_JOB,
                        Resources.PROCESS_DEFINITION,
                        Authorization.ANY));
    }

    private boolean may(String id, List<String> groups, Permission what, Resource where, String which) {
        return rights.isUserAuthorized(id, groups, what, where, which);
    }
}

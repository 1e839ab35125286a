package io.meshspan.engine.identity;

import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.springframework.stereotype.Component;

/** Grants rights that are missing; writes nothing if none is, and revokes none. */
@Component
class Rights {

    private final AuthorizationService authorizations;

    Rights(AuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    void grant(Right right) {
        Authorization present = authorizations
                .createAuthorizationQuery()
                .authorizationType(Authorization.AUTH_TYPE_GRANT)
                .groupIdIn(right.group())
                .resourceType(right.resource())
                .resourceId(right.resourceId())
                .singleResult();
        Authorization grant = present == null ? created(right) : present;
        if (present == null || !right.permissions().stream().allMatch(grant::isPermissionGranted)) {
            right.permissions().forEach(grant::addPermission);
            authorizations.saveAuthorization(grant);
        }
    }

    private Authorization created(Right right) {
        Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setGroupId(right.group());
        grant.setResource(right.resource());
        grant.setResourceId(right.resourceId());
        grant.setPermissions(new Permission[0]);
        return grant;
    }
}

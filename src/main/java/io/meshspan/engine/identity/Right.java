package io.meshspan.engine.identity;

import java.util.List;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;

/**
 * What the members of a group may do with a resource.
 *
 * @param resourceId the id of one resource, or {@link #ANY}
 */
record Right(String group, Resource resource, String resourceId, List<Permission> permissions) {

    static final String ANY = Authorization.ANY;

    Right {
        permissions = List.copyOf(permissions);
    }

    static Right of(String group, Resource resource, String resourceId, Permission... permissions) {
        return new Right(group, resource, resourceId, List.of(permissions));
    }
}

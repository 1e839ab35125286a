package io.meshspan.process.engine.identity;

import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.stereotype.Component;

/** Creates the groups that do not exist yet, and grants them their rights. */
@Component
class Roles {

    private static final Map<String, String> NAMES = Map.of(
            Groups.OPERATORS, "Operators",
            Groups.CHANGE_MANAGERS, "Change managers",
            Groups.AUDITORS, "Auditors");

    private final IdentityService identity;
    private final Rights rights;

    Roles(IdentityService identity, Rights rights) {
        this.identity = identity;
        this.rights = rights;
    }

    void create() {
        NAMES.forEach((id, name) -> create(id, name, "WORKFLOW"));
        create(Groups.ADMINISTRATORS, "Administrators", "SYSTEM");
        RoleRights.all().forEach(rights::grant);
    }

    private void create(String id, String name, String type) {
        if (identity.createGroupQuery().groupId(id).count() == 0) {
            Group group = identity.newGroup(id);
            group.setName(name);
            group.setType(type);
            identity.saveGroup(group);
        }
    }
}

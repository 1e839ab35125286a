package io.meshspan.process.engine.identity;

import io.meshspan.approval.ChangeGates;
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
    private final ChangeGates gates;

    Roles(IdentityService identity, Rights rights, ChangeGates gates) {
        this.identity = identity;
        this.rights = rights;
        this.gates = gates;
    }

    void create() {
        NAMES.forEach((id, name) -> create(id, name, "WORKFLOW"));
        create(Groups.ADMINISTRATORS, "Administrators", "SYSTEM");
        gates.allDeciders().forEach(this::createDeciders);
        RoleRights.all().forEach(rights::grant);
    }

    /** A group that the configuration names as a gate's deciders needs what change managers need. */
    private void createDeciders(String group) {
        create(group, group, "WORKFLOW");
        RoleRights.deciders(group).forEach(rights::grant);
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

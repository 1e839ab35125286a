package io.meshspan.engine.identity;

import static io.meshspan.engine.identity.Groups.AUDITORS;
import static io.meshspan.engine.identity.Groups.CHANGE_MANAGERS;
import static io.meshspan.engine.identity.Groups.OPERATORS;
import static io.meshspan.engine.identity.Right.ANY;
import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;
import static org.camunda.bpm.engine.authorization.Permissions.ALL;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.READ_HISTORY;
import static org.camunda.bpm.engine.authorization.Permissions.READ_INSTANCE;
import static org.camunda.bpm.engine.authorization.Permissions.READ_TASK;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.RETRY_JOB;
import static org.camunda.bpm.engine.authorization.Resources.APPLICATION;
import static org.camunda.bpm.engine.authorization.Resources.DEPLOYMENT;
import static org.camunda.bpm.engine.authorization.Resources.GROUP;
import static org.camunda.bpm.engine.authorization.Resources.OPERATION_LOG_CATEGORY;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_INSTANCE;
import static org.camunda.bpm.engine.authorization.Resources.USER;

import io.meshspan.approval.ChangeGates;
import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.stereotype.Component;

/** Creates the groups that do not exist yet, and grants their rights. */
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

    /** @throws StartupFailure if the settings of an identity provider name a role that there is not */
    void require(LoginProperties login) {
        Set<String> known = identity.createGroupQuery().list().stream()
                .map(Group::getId)
                .collect(Collectors.toCollection(TreeSet::new));
        String unknown = login.all().entrySet().stream()
                .flatMap(provider -> provider.getValue()
                        .groupsByRole()
                        .map(Map.Entry::getKey)
                        .filter(group -> !known.contains(group))
                        .map(group -> "    meshspan.login.providers.%s.roles: expected existing roles, found %s"
                                .formatted(provider.getKey(), group)))
                .sorted()
                .collect(Collectors.joining("\n"));
        if (!unknown.isEmpty()) {
            throw new StartupFailure(
                    ExitCode.SETTINGS,
                    "There is no such role:\n" + unknown,
                    "Roles are operators, change-managers, auditors, administrators, and the groups that decide at a gate: "
                            + String.join(", ", known));
        }
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

    /**
     * The rights that do not depend on the deployed diagrams. The diagrams say which processes a group may start. A
     * candidate of a task has the right to work on it.
     */
    private static final class RoleRights {

        private RoleRights() {}

        static List<Right> all() {
            return Stream.of(administrators(), operators(), deciders(CHANGE_MANAGERS), auditors())
                    .flatMap(List::stream)
                    .toList();
        }

        private static List<Right> administrators() {
            String admins = Groups.ADMINISTRATORS;
            return Arrays.stream(Resources.values())
                    .map(resource -> Right.of(admins, resource, ANY, ALL))
                    .toList();
        }

        private static List<Right> operators() {
            return List.of(
                    Right.of(OPERATORS, APPLICATION, "tasklist", ACCESS),
                    Right.of(OPERATORS, PROCESS_INSTANCE, ANY, CREATE),
                    Right.of(OPERATORS, PROCESS_DEFINITION, ANY, READ, READ_INSTANCE, READ_HISTORY, RETRY_JOB));
        }

        static List<Right> deciders(String group) {
            return List.of(
                    Right.of(group, APPLICATION, "tasklist", ACCESS), Right.of(group, PROCESS_DEFINITION, ANY, READ));
        }

        private static List<Right> auditors() {
            return List.of(
                    Right.of(AUDITORS, APPLICATION, "cockpit", ACCESS),
                    Right.of(AUDITORS, PROCESS_DEFINITION, ANY, READ, READ_INSTANCE, READ_TASK, READ_HISTORY),
                    Right.of(AUDITORS, DEPLOYMENT, ANY, READ),
                    Right.of(AUDITORS, OPERATION_LOG_CATEGORY, ANY, UserOperationLogCategoryPermissions.READ),
                    Right.of(AUDITORS, USER, ANY, READ),
                    Right.of(AUDITORS, GROUP, ANY, READ));
        }
    }
}

package io.meshspan.engine.identity;

import io.meshspan.approval.FourEyes;
import io.meshspan.approval.Person;
import io.meshspan.engine.model.ChangeId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.task.TaskDefinition;

/** An approval task of a diagram: who requested the change, and who decides. */
public final class Gate {

    private final TaskDefinition definition;

    Gate(TaskDefinition definition) {
        this.definition = definition;
    }

    FourEyes fourEyes(DelegateTask task) {
        return new FourEyes(requester(task).map(Gate::person), deciders(task));
    }

    /** The person who is logged in, according to the engine; empty for the job executor. */
    Optional<Person> authenticated() {
        return loggedIn();
    }

    public static Optional<Person> loggedIn() {
        return Optional.ofNullable(commands().getAuthenticatedUserId()).map(Gate::person);
    }

    /**
     * The groups are asked for anew: those of the session may be older than a change of role. Of somebody whom an identity
     * provider names, those of their token count.
     */
    static Person person(String id) {
        IdentityService identity = commands().getProcessEngineConfiguration().getIdentityService();
        return commands().runWithoutAuthorization(() -> {
            Optional<User> user =
                    Optional.ofNullable(identity.createUserQuery().userId(id).singleResult());
            return new Person(
                    id,
                    ExternalPeople.nameOf(identity, id),
                    user.map(User::getEmail).orElse(""),
                    Set.copyOf(groups(identity, id)),
                    ExternalPeople.isServiceAccount(identity, id));
        });
    }

    private static List<String> groups(IdentityService identity, String id) {
        if (!ExternalPerson.isId(id)) {
            return identity.createGroupQuery().groupMember(id).list().stream()
                    .map(Group::getId)
                    .toList();
        }
        return id.equals(commands().getAuthenticatedUserId())
                ? Objects.requireNonNullElse(commands().getAuthenticatedGroupIds(), List.of())
                : ExternalPeople.lastGroups(identity, id);
    }

    /** What others call the requester. */
    static Optional<String> requesterName(DelegateTask task) {
        return requester(task)
                .map(id -> commands()
                        .runWithoutAuthorization(() -> ExternalPeople.nameOf(
                                commands().getProcessEngineConfiguration().getIdentityService(), id)));
    }

    private static Optional<String> requester(DelegateTask task) {
        return ChangeId.requester(((ExecutionEntity) task.getExecution()).getRootProcessInstanceId());
    }

    /** From the diagram, not from the task: a task can get more candidates. */
    private Set<String> deciders(DelegateTask task) {
        return definition.getCandidateGroupIdExpressions().stream()
                .map(expression -> String.valueOf(expression.getValue((TaskEntity) task)))
                .flatMap(groups -> Arrays.stream(groups.split(",")))
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static CommandContext commands() {
        return Context.getCommandContext();
    }
}

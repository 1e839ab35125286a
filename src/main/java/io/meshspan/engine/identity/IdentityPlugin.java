package io.meshspan.engine.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.IdentityOperationResult;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.GenericManagerFactory;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The rules that the engine enforces for everybody who is logged in. They are code, so that no configuration can relax them.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1) // before the decisions are recorded: listeners run in this order
class IdentityPlugin extends AbstractProcessEnginePlugin {

    /** The default allows only letters and digits, so it refuses the hyphen of change-managers. */
    private static final String RESOURCE_IDS = "[a-zA-Z0-9-]+|camunda-admin";

    private final ObjectProvider<RecordedPlan> plans;
    private final ObjectProvider<ExcludeClusterChoice> without;
    private final ObjectProvider<TaskDecision> decisions;
    private final PasswordRules passwords;

    IdentityPlugin(
            ObjectProvider<RecordedPlan> plans,
            ObjectProvider<ExcludeClusterChoice> without,
            ObjectProvider<TaskDecision> decisions,
            PasswordRules passwords) {
        this.plans = plans;
        this.without = without;
        this.decisions = decisions;
        this.passwords = passwords;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setGeneralResourceWhitelistPattern(RESOURCE_IDS);
        engine.setEnablePasswordPolicy(true);
        engine.setPasswordPolicy(passwords);
        engine.setIdentityProviderSessionFactory(NonLockingIdentityProvider.factory(passwords));
        // A submitted object stays a text, whatever class it names.
        engine.setDeserializationTypeValidationEnabled(true);
        // With the default, UPDATE, a candidate could write process variables through the task.
        engine.setDefaultUserPermissionNameForTask("TASK_WORK");
        engine.setManagementService(new JobRetries(engine));
        engine.setTaskService(new HeldTasks());
        List<BpmnParseListener> parsing = engine.getCustomPostBPMNParseListeners();
        engine.setCustomPostBPMNParseListeners(with(parsing, new UserTaskParseListener(plans, without, decisions)));
        engine.setCustomPreCommandInterceptorsTxRequired(
                with(engine.getCustomPreCommandInterceptorsTxRequired(), new CommandGuard(engine)));
        // After the engine's own interceptors, which log every unknown exception with its whole stack.
        engine.setCustomPostCommandInterceptorsTxRequired(
                with(engine.getCustomPostCommandInterceptorsTxRequired(), new ExceptionUnwrapper(passwords)));
    }

    @SuppressWarnings("NullAway") // the engine leaves the lists null until somebody sets them
    private static <T> List<T> with(List<T> present, T added) {
        List<T> all = present == null ? new ArrayList<>() : new ArrayList<>(present);
        all.add(added);
        return all;
    }

    /**
     * Checks passwords as the engine does, but never locks an account: otherwise anybody who knows its name could lock out
     * its owner, even the administrator, for good. The login limits attempts by address instead. An empty password, which
     * earlier releases accepted, does not work, and a user without a password cannot log in.
     */
    private static class NonLockingIdentityProvider extends DbIdentityServiceProvider {

        private static final String BELONGS_TO_PROVIDER =
                "%s belongs to an identity provider: change the name, the groups and the password there";

        private static final String ADMINISTRATORS_CHANGE =
                "Names and email of a user, and whether the user exists, are for an administrator to change:"
                        + " approvals and records rest on them. Users change their own password only";

        private final PasswordRules passwords;

        private NonLockingIdentityProvider(PasswordRules passwords) {
            this.passwords = passwords;
        }

        static SessionFactory factory(PasswordRules passwords) {
            return new GenericManagerFactory(NonLockingIdentityProvider.class) {
                @Override
                public Session openSession() {
                    return new NonLockingIdentityProvider(passwords);
                }
            };
        }

        /** @throws BadUserRequestException for a new user without a password: nobody could log in as that user */
        @Override
        public IdentityOperationResult saveUser(User user) {
            UserEntity saved = (UserEntity) user;
            if (ExternalPerson.isId(saved.getId())) {
                return saveExternal(saved);
            }
            saved.encryptPassword();
            if (saved.getRevision() == 0 && saved.getPassword() == null) {
                throw new BadUserRequestException(passwords.inWords());
            }
            if (isOwn(saved.getId()) && !personalData(saved).equals(storedData(saved.getId()))) {
                throw new AuthorizationException(ADMINISTRATORS_CHANGE);
            }
            return super.saveUser(user);
        }

        /** The engine gives all users every right to their own account, also to delete it. */
        @Override
        public IdentityOperationResult deleteUser(String userId) {
            if (isOwn(userId)) {
                throw new AuthorizationException(ADMINISTRATORS_CHANGE);
            }
            return super.deleteUser(userId);
        }

        /** Whether somebody who manages no users acts on their own account. */
        private static boolean isOwn(String userId) {
            CommandContext commands = Context.getCommandContext();
            return userId.equals(commands.getAuthenticatedUserId())
                    && !commands.getAuthorizationManager()
                            .isAuthorized(Permissions.UPDATE, Resources.USER, Authorization.ANY);
        }

        /** As committed; this transaction already has the changed user. */
        private static List<String> storedData(String userId) {
            return Context.getProcessEngineConfiguration()
                    .getCommandExecutorTxRequiresNew()
                    .execute(commands -> commands.runWithoutAuthorization(() ->
                            personalData(commands.getReadOnlyIdentityProvider().findUserById(userId))));
        }

        private static List<String> personalData(@Nullable User user) {
            return user == null
                    ? List.of()
                    : Stream.of(user.getFirstName(), user.getLastName(), user.getEmail())
                            .map(text -> Objects.requireNonNullElse(text, ""))
                            .toList();
        }

        /** Only the service itself writes down what an identity provider says, and no password opens it. */
        private IdentityOperationResult saveExternal(UserEntity user) {
            boolean byService = Context.getCommandContext().getAuthenticatedUserId() == null;
            if (!byService || user.getPassword() != null || user.hasNewPassword()) {
                throw new BadUserRequestException(BELONGS_TO_PROVIDER.formatted(user.getId()));
            }
            return super.saveUser(user);
        }

        @Override
        public IdentityOperationResult createMembership(String userId, String groupId) {
            if (ExternalPerson.isId(userId)) {
                throw new BadUserRequestException(BELONGS_TO_PROVIDER.formatted(userId));
            }
            return super.createMembership(userId, groupId);
        }

        @Override
        public boolean checkPassword(String userId, String password) {
            if (ExternalPerson.isId(userId)) {
                return false;
            }
            UserEntity user = findUserById(userId);
            boolean comparable = user != null && user.getPassword() != null && password != null && !password.isBlank();
            return comparable && matchPassword(password, user);
        }
    }

    /**
     * The engine wraps the exceptions of task listeners, and REST answers the wrapper with 500. Unwrapped, a refusal is
     * answered with 403 or 400 and its own message. A weak password is answered with 400 and the rules.
     */
    private static final class ExceptionUnwrapper extends CommandInterceptor {

        /** The engine's message; the exception has no class of its own. */
        private static final String WEAK_PASSWORD = "Password does not match policy";

        private final PasswordRules passwords;

        ExceptionUnwrapper(PasswordRules passwords) {
            this.passwords = passwords;
        }

        @Override
        public <T> T execute(Command<T> command) {
            try {
                return next.execute(command);
            } catch (AuthorizationException refused) {
                throw refused;
            } catch (ProcessEngineException wrapper) {
                if (wrapper.getCause() instanceof AuthorizationException refused) {
                    throw refused;
                }
                if (wrapper.getCause() instanceof DecisionRefused refused) {
                    throw refused;
                }
                if (WEAK_PASSWORD.equals(wrapper.getMessage())) {
                    throw new BadUserRequestException(passwords.inWords());
                }
                throw wrapper;
            }
        }
    }

    /**
     * Allows the holder of a task to release it, so that somebody else can decide. The engine requires the right to assign
     * it to anybody, which no role has.
     */
    private static final class HeldTasks extends TaskServiceImpl {

        @Override
        public void setAssignee(String task, @Nullable String person) {
            if (person == null) {
                commandExecutor.execute(new GiveBack(task));
            } else {
                super.setAssignee(task, person);
            }
        }

        private record GiveBack(String task) implements Command<Void> {

            @Override
            public Void execute(CommandContext commands) {
                AssignTaskCmd toNobody = new AssignTaskCmd(task, null);
                return isHolder(commands)
                        ? commands.runWithoutAuthorization(() -> toNobody.execute(commands))
                        : toNobody.execute(commands);
            }

            private boolean isHolder(CommandContext commands) {
                TaskEntity found = commands.getTaskManager().findTaskById(task);
                String person = commands.getAuthenticatedUserId();
                return found != null && person != null && person.equals(found.getAssignee());
            }
        }
    }

    /**
     * Refuses all {@link ForbiddenCommands} to everybody who is logged in, administrators too. Otherwise the right to start
     * a process would include starting it after the approval, and the right to work on a task would include ending it with
     * an error. An administrator could move tokens, rewrite variables and deploy diagrams. Meshspan itself is not logged in.
     */
    private static final class CommandGuard extends CommandInterceptor {

        private final ProcessEngineConfigurationImpl engine;

        CommandGuard(ProcessEngineConfigurationImpl engine) {
            this.engine = engine;
        }

        @Override
        public <T> T execute(Command<T> command) {
            if (somebodyIsLoggedIn()) {
                ForbiddenCommands.of(command.getClass()).ifPresent(door -> {
                    throw door == ForbiddenCommands.REMARKS
                            ? new RemarkRefused()
                            : new AuthorizationException(door.words());
                });
            }
            return next.execute(command);
        }

        private boolean somebodyIsLoggedIn() {
            return engine.getIdentityService().getCurrentAuthentication() != null;
        }
    }
}

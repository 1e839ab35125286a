package io.meshspan.process.engine.identity;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What the engine must hold to for anybody who is logged in; in code, so that no configuration opens it. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1) // before the decisions are written down: listeners are asked in this order
class IdentityPlugin extends AbstractProcessEnginePlugin {

    /** The default, letters and digits only, refuses the hyphen of change-managers. */
    private static final String RESOURCE_IDS = "[a-zA-Z0-9-]+|camunda-admin";

    private final ObjectProvider<RecordedPlan> plans;
    private final ObjectProvider<ExcludeClusterChoice> without;
    private final PasswordRules passwords;

    IdentityPlugin(
            ObjectProvider<RecordedPlan> plans, ObjectProvider<ExcludeClusterChoice> without, PasswordRules passwords) {
        this.plans = plans;
        this.without = without;
        this.passwords = passwords;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setGeneralResourceWhitelistPattern(RESOURCE_IDS);
        engine.setEnablePasswordPolicy(true);
        engine.setPasswordPolicy(passwords);
        engine.setIdentityProviderSessionFactory(NonLockingIdentityProvider.factory(passwords));
        // What is submitted as an object of some class stays a text, whatever class it names.
        engine.setDeserializationTypeValidationEnabled(true);
        // The default, UPDATE, lets a candidate write process variables through the task.
        engine.setDefaultUserPermissionNameForTask("TASK_WORK");
        engine.setManagementService(new JobRetries(engine));
        engine.setTaskService(new HeldTasks());
        List<BpmnParseListener> parsing = engine.getCustomPostBPMNParseListeners();
        engine.setCustomPostBPMNParseListeners(with(parsing, new UserTaskParseListener(plans, without)));
        engine.setCustomPreCommandInterceptorsTxRequired(
                with(engine.getCustomPreCommandInterceptorsTxRequired(), new CommandGuard(engine)));
        // Behind the engine's own, which log what they take for a defect with its whole stack.
        engine.setCustomPostCommandInterceptorsTxRequired(
                with(engine.getCustomPostCommandInterceptorsTxRequired(), new ExceptionUnwrapper(passwords)));
    }

    @SuppressWarnings("NullAway") // the engine leaves the lists null until somebody sets them
    private static <T> List<T> with(List<T> present, T added) {
        List<T> all = present == null ? new ArrayList<>() : new ArrayList<>(present);
        all.add(added);
        return all;
    }
}

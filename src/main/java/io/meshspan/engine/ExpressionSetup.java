package io.meshspan.engine;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.spring.ApplicationContextElResolver;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * In an expression of a diagram, the name of a bean means the bean. The engine would take a variable of that name, so a
 * request could submit one in place of the step that checks requests.
 */
@Component
class ExpressionSetup extends AbstractProcessEnginePlugin {

    private final ApplicationContext beans;

    ExpressionSetup(ApplicationContext beans) {
        this.beans = beans;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setExpressionManager(new BeansBeforeVariables(beans));
    }

    private static final class BeansBeforeVariables extends SpringExpressionManager {

        BeansBeforeVariables(ApplicationContext beans) {
            super(beans);
        }

        @Override
        protected ELResolver createElResolver() {
            CompositeELResolver resolver = new CompositeELResolver();
            resolver.add(new ApplicationContextElResolver(applicationContext));
            resolver.add(super.createElResolver());
            return resolver;
        }
    }
}

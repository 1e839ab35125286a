package io.meshspan.engine;

import io.meshspan.audit.AuditLog;
import io.meshspan.node.StepsInFlight;
import io.meshspan.notification.ChangeNotices;
import io.meshspan.secrets.LeakGuard;
import io.meshspan.tracing.ChangeTracer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;
import org.mockito.Mockito;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.io.ClassPathResource;

/** The engine set up as the application does it, on H2 in memory, with nobody but the test to execute its jobs. */
public final class EngineInMemory {

    private static final String RETRIES = "camunda.bpm.generic-properties.properties.failed-job-retry-time-cycle";

    private EngineInMemory() {}

    public static ProcessEngine with(Map<Object, Object> beans) {
        ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName("diagrams");
        configuration.setJdbcUrl("jdbc:h2:mem:diagrams;DB_CLOSE_DELAY=-1");
        configuration.setJobExecutorActivate(false);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setFailedJobRetryTimeCycle(retriesOfTheApplication());
        configuration.getProcessEnginePlugins().add(new SpinProcessEnginePlugin());
        configuration.getProcessEnginePlugins().add(setup());
        configuration.setBeans(beans);
        ProcessEngine engine = configuration.buildProcessEngine();
        LeakGuard.watch("the engine of the diagrams", configuration.getDataSource());
        return engine;
    }

    private static EngineSetup setup() {
        StaticListableBeanFactory audit = new StaticListableBeanFactory();
        audit.addBean("auditLog", Mockito.mock(AuditLog.class));
        return new EngineSetup(
                new DecisionRecorder(audit.getBeanProvider(AuditLog.class), audit.getBeanProvider(ChangeNotices.class)),
                step -> {},
                List.of(new StepTimes()),
                audit.getBeanProvider(StepsInFlight.class),
                audit.getBeanProvider(ChangeTracer.class));
    }

    private static String retriesOfTheApplication() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        Properties properties = Objects.requireNonNull(yaml.getObject());
        return properties.getProperty(RETRIES);
    }
}

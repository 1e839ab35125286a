package io.meshspan.process.engine.node;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Before anybody touches the tables, whoever comes first: the engine or the migrations. */
@Configuration(proxyBeanMethods = false)
class StartupLockSetup {

    @Bean
    FlywayMigrationStrategy migrateInTurn(StartupLock turn) {
        return flyway -> {
            turn.take();
            flyway.migrate();
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    AbstractProcessEnginePlugin createTablesInTurn(StartupLock turn) {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl configuration) {
                turn.take();
            }
        };
    }
}

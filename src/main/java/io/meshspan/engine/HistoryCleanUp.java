package io.meshspan.engine;

import io.meshspan.audit.AuditProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.DefaultHistoryRemovalTimeProvider;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the engine delete the history of ended changes once a day, within a time window. The history is due when its diagram
 * says so, or when the change's records are deleted, if that is earlier.
 */
@Component
final class HistoryCleanUp extends AbstractProcessEnginePlugin {

    private final HistoryProperties properties;
    private final AuditProperties audit;

    HistoryCleanUp(HistoryProperties properties, AuditProperties audit) {
        this.properties = properties;
        this.audit = audit;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setHistoryCleanupBatchWindowStartTime(properties.cleanUpFrom());
        engine.setHistoryCleanupBatchWindowEndTime(properties.cleanUpUntil());
        engine.setHistoryRemovalTimeProvider(new NoLongerThanRecords(audit.retention()));
    }

    private static final class NoLongerThanRecords extends DefaultHistoryRemovalTimeProvider {

        private final Duration retention;

        NoLongerThanRecords(Duration retention) {
            this.retention = retention;
        }

        @Override
        public @Nullable Date calculateRemovalTime(
                HistoricProcessInstanceEventEntity instance, ProcessDefinition definition) {
            Date removal = super.calculateRemovalTime(instance, definition);
            Date end = instance.getEndTime();
            if (removal == null || end == null) {
                return removal;
            }
            Instant latest = end.toInstant().plus(retention);
            return removal.toInstant().isBefore(latest) ? removal : Date.from(latest);
        }
    }
}

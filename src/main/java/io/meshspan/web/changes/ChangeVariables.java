package io.meshspan.web.changes;

import io.meshspan.database.EngineTables;
import io.meshspan.engine.model.VariableNames;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.jspecify.annotations.Nullable;

/** The cluster of each called process, and what it waits for: for a whole change, in one query. */
final class ChangeVariables {

    private static final String ALL = EngineTables.VARIABLES.formatted(
            String.join("', '", VariableNames.CLUSTER, VariableNames.WAITING_FOR, VariableNames.WAIT_UNTIL));

    private final Map<String, Map<String, HistoricVariableInstance>> byInstance;

    private ChangeVariables(List<HistoricVariableInstance> all) {
        byInstance = all.stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.groupingBy(
                        HistoricVariableInstance::getProcessInstanceId,
                        Collectors.toMap(
                                HistoricVariableInstance::getName, v -> v, (first, second) -> second, HashMap::new)));
    }

    static ChangeVariables of(String change, HistoryService history) {
        return new ChangeVariables(history.createNativeHistoricVariableInstanceQuery()
                .sql(ALL)
                .parameter("root", change)
                .list());
    }

    @Nullable
    String cluster(String instance) {
        return (String) value(instance, VariableNames.CLUSTER);
    }

    @Nullable
    String waitingFor(String instance) {
        return (String) value(instance, VariableNames.WAITING_FOR);
    }

    @Nullable
    Instant waitUntil(String instance) {
        return Optional.ofNullable((Date) value(instance, VariableNames.WAIT_UNTIL))
                .map(Date::toInstant)
                .orElse(null);
    }

    /** The time limit is set when a wait starts; it may be moved, but is never made anew. */
    Optional<Instant> waitingSince(String instance) {
        return variable(instance, VariableNames.WAIT_UNTIL)
                .map(limit -> limit.getCreateTime().toInstant());
    }

    private @Nullable Object value(String instance, String name) {
        return variable(instance, name).map(HistoricVariableInstance::getValue).orElse(null);
    }

    private Optional<HistoricVariableInstance> variable(String instance, String name) {
        return Optional.ofNullable(byInstance.getOrDefault(instance, Map.of()).get(name));
    }
}

package io.meshspan.web.changes;

import io.meshspan.database.EngineTables;
import io.meshspan.engine.incident.IncidentDecisions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The steps of a change that run now, and those whose last attempt failed or that have no retries left. The history of
 * activities does not have them: it is written when an attempt succeeds.
 */
@Component
class ActiveJobs {

    private static final String NEVER_FAILED = "It has not failed, but somebody set its retries to 0";

    /** A step that runs for each cluster is wrapped in an activity of this name. */
    private static final String WRAPPED = "#multiInstanceBody";

    private final JdbcClient database;
    private final RepositoryService repository;
    private final IncidentDecisions decisions;

    ActiveJobs(JdbcClient database, RepositoryService repository, IncidentDecisions decisions) {
        this.database = database;
        this.repository = repository;
        this.decisions = decisions;
    }

    List<CurrentActivity> of(String change, ChangeVariables variables) {
        return database.sql(EngineTables.ACTIVE_JOBS)
                .param(change)
                .query((row, number) -> step(row, variables))
                .list();
    }

    /** The jobs without retries, which wait until a person retries them. */
    List<String> resting(String change) {
        return database.sql(EngineTables.ACTIVE_JOBS + " and J.RETRIES_ = 0")
                .param(change)
                .query((row, number) -> row.getString("ID_"))
                .list();
    }

    private CurrentActivity step(ResultSet row, ChangeVariables variables) throws SQLException {
        String definition = row.getString("PROCESS_DEF_ID_");
        String instance = row.getString("PROCESS_INSTANCE_ID_");
        String activity = row.getString("ACT_ID_").replace(WRAPPED, "");
        Instant began = row.getTimestamp("CREATE_TIME_").toInstant();
        return new CurrentActivity(
                row.getString("PROCESS_DEF_KEY_"),
                definition,
                instance,
                activity,
                name(definition, activity),
                variables.cluster(instance),
                Optional.ofNullable(instant(row, "INCIDENT_TIMESTAMP_")).orElse(began),
                null,
                null,
                null,
                null,
                List.of(),
                fault(row));
    }

    /** @return null for an attempt that has not failed yet, even if earlier attempts have */
    private @Nullable StepFault fault(ResultSet row) throws SQLException {
        if (row.getString("LOCK_OWNER_") != null) {
            return null;
        }
        String job = row.getString("ID_");
        String message = Objects.requireNonNullElse(row.getString("EXCEPTION_MSG_"), NEVER_FAILED);
        int left = row.getInt("RETRIES_");
        return left == 0
                ? new StepFault(
                        job, message, left, null, decisions.hindrance(job).orElse(null))
                : new StepFault(job, message, left, instant(row, "DUEDATE_"), "It is tried again by itself");
    }

    /** @param activity the engine's name for the job: a step that runs for each cluster may be wrapped */
    String name(String definition, String activity) {
        String plain = activity.replace(WRAPPED, "");
        FlowElement step = repository.getBpmnModelInstance(definition).getModelElementById(plain);
        return step == null || step.getName() == null ? plain : step.getName();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}

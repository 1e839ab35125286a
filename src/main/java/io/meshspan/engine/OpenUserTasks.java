package io.meshspan.engine;

import io.meshspan.approval.OpenTasks;
import io.meshspan.database.EngineTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the open user tasks of all changes in one query. */
@Component
final class OpenUserTasks implements OpenTasks {

    private final JdbcClient database;
    private final RepositoryService diagrams;

    OpenUserTasks(JdbcClient database, ProcessEngine engine) {
        this.database = database;
        this.diagrams = engine.getRepositoryService();
    }

    @Override
    public List<OpenTask> all() {
        return database.sql(EngineTables.ALL_OPEN_TASKS)
                .query((row, number) -> task(row))
                .list();
    }

    private OpenTask task(ResultSet row) throws SQLException {
        String key = row.getString("TASK_DEF_KEY_");
        BpmnModelInstance diagram = diagrams.getBpmnModelInstance(row.getString("PROC_DEF_ID_"));
        return new OpenTask(
                row.getString("ID_"),
                row.getString("ROOT_PROC_INST_ID_"),
                Objects.requireNonNullElse(row.getString("NAME_"), key),
                process(diagram),
                isApproval(diagram, key),
                row.getTimestamp("CREATE_TIME_").toInstant(),
                instant(row.getTimestamp("EXPIRES")));
    }

    private static String process(BpmnModelInstance diagram) {
        return diagram.getModelElementsByType(Process.class).iterator().next().getId();
    }

    private static boolean isApproval(BpmnModelInstance diagram, String activity) {
        UserTask drawn = diagram.getModelElementById(activity);
        return drawn != null && ApprovalTask.is(drawn);
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}

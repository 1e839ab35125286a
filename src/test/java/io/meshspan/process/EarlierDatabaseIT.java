package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshspan.audit.ChangeState;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database of an earlier version, restored from a backup, with a change that ended and one that waits for its approval; its
 * clusters are others by now. It was written by the version before declared meshes, with the sandbox and on H2.
 */
class EarlierDatabaseIT {

    private static final String ENDED = "14091283-ec25-11f1-9539-02fc00000001";
    private static final String RUNNING = "2a35f49a-ec25-11f1-9539-02fc00000001";

    private static final String DATABASE = "jdbc:h2:mem:earlier;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";

    /** As docs/backup.md says. */
    private static void restore() throws Exception {
        URL backup = Objects.requireNonNull(EarlierDatabaseIT.class.getResource("/earlier/database.sql.gz"));
        try (Connection connection = DriverManager.getConnection(DATABASE, "sa", "");
                PreparedStatement script = connection.prepareStatement("runscript from ? compression gzip")) {
            script.setString(1, Path.of(backup.toURI()).toString());
            script.execute();
        }
    }

    @Test
    void shouldGoOnWithADatabaseOfAnEarlierVersion() throws Exception {
        restore();
        try (OwnApplication application = new OwnApplication(2, "--spring.datasource.url=" + DATABASE)) {
            Changes changes = application.bean(Changes.class);
            assertThat(migrations(application)).contains("39");
            assertThat(changes.find(ENDED))
                    .map(ChangeSummary::outcome)
                    .map(ChangeState::ended)
                    .contains(ChangeState.VERIFIED);
            ChangeSummary ended = changes.find(ENDED).orElseThrow();
            assertThat(changes.problems(ended, changes.of(ENDED))).isEmpty();

            approve(application.bean(ProcessEngine.class), "Task_ApproveChange");
            approve(application.bean(ProcessEngine.class), "Task_ApproveChangedPlan");

            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(changes.find(RUNNING))
                            .map(ChangeSummary::outcome)
                            .map(ChangeState::ended)
                            .contains(ChangeState.VERIFIED));
            ChangeSummary end = changes.find(RUNNING).orElseThrow();
            assertThat(changes.problems(end, changes.of(RUNNING))).isEmpty();
        }
    }

    private static List<String> migrations(OwnApplication application) {
        return application
                .bean(JdbcClient.class)
                .sql("select \"version\" from \"flyway_schema_history\"")
                .query(String.class)
                .list();
    }

    /** By the diagrams with which it began: it goes past the approval, and asks again since the clusters are not those any more. */
    private static void approve(ProcessEngine engine, String asked) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                engine.getTaskService().createTaskQuery().list())
                        .extracting(Task::getTaskDefinitionKey)
                        .containsExactly(asked));
        Task approval = engine.getTaskService().createTaskQuery().singleResult();
        engine.getIdentityService().setAuthentication("carla", List.of("change-managers"));
        try {
            engine.getTaskService().claim(approval.getId(), "carla");
            engine.getTaskService().complete(approval.getId(), Map.of("approved", true));
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }
}

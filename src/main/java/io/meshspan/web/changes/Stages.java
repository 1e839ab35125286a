package io.meshspan.web.changes;

import io.meshspan.database.EngineTables;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many clusters have finished a step that runs in all of them. */
@Component
class Stages {

    private final JdbcClient database;

    Stages(JdbcClient database) {
        this.database = database;
    }

    List<Stage> of(String change) {
        return database.sql(EngineTables.STAGES)
                .param(change)
                .query((row, number) -> new Stage(row.getString("STEP"), row.getInt("DONE"), row.getInt("ALL_OF_THEM")))
                .list();
    }
}

package io.meshspan.web.changes;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many clusters are through with what a change does in all of them at a time. */
@Component
class Stages {

    private static final String UNDER_WAY = """
            select ONE.ACT_NAME_ as STEP, count(ONE.END_TIME_) as DONE, count(*) as ALL_OF_THEM
            from ACT_HI_ACTINST BODY
            join ACT_HI_ACTINST ONE on ONE.PARENT_ACT_INST_ID_ = BODY.ID_
            where BODY.ROOT_PROC_INST_ID_ = ? and BODY.ACT_TYPE_ = 'multiInstanceBody' and BODY.END_TIME_ is null
            group by BODY.ID_, ONE.ACT_NAME_""";

    private final JdbcClient database;

    Stages(JdbcClient database) {
        this.database = database;
    }

    List<Stage> of(String change) {
        return database.sql(UNDER_WAY)
                .param(change)
                .query((row, number) -> new Stage(row.getString("STEP"), row.getInt("DONE"), row.getInt("ALL_OF_THEM")))
                .list();
    }
}

package io.meshspan.web.changes;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whom the open tasks of a change ask; every role may read that, and the engine tells it to candidates alone. */
@Component
class CandidateGroups {

    private static final String ASKED = """
            select L.TASK_ID_, L.GROUP_ID_ from ACT_RU_IDENTITYLINK L
            join ACT_RU_TASK T on T.ID_ = L.TASK_ID_
            join ACT_RU_EXECUTION E on E.ID_ = T.PROC_INST_ID_
            where E.ROOT_PROC_INST_ID_ = ? and L.TYPE_ = 'candidate' and L.GROUP_ID_ is not null
            order by L.GROUP_ID_""";

    private record Asked(String task, String group) {}

    private final JdbcClient database;

    CandidateGroups(JdbcClient database) {
        this.database = database;
    }

    /** By the id of the task. */
    Map<String, List<String>> of(String change) {
        return database
                .sql(ASKED)
                .param(change)
                .query((row, number) -> new Asked(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(groupingBy(Asked::task, mapping(Asked::group, toList())));
    }
}

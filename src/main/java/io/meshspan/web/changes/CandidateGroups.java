package io.meshspan.web.changes;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.meshspan.database.EngineTables;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The groups that the open tasks of a change ask. Every role may read them; the engine itself shows them to candidates only.
 */
@Component
class CandidateGroups {

    private record OpenQuestion(String task, String group) {}

    private final JdbcClient database;

    CandidateGroups(JdbcClient database) {
        this.database = database;
    }

    /** Keyed by task id. */
    Map<String, List<String>> of(String change) {
        return database
                .sql(EngineTables.CANDIDATE_GROUPS)
                .param(change)
                .query((row, number) -> new OpenQuestion(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(groupingBy(OpenQuestion::task, mapping(OpenQuestion::group, toList())));
    }
}

package io.meshspan.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter in SQL: newest first. */
final class ChangeQuery {

    private final StringBuilder sql = new StringBuilder("select * from MESHSPAN_CHANGE where 1 = 1");
    private final List<Object> parameters = new ArrayList<>();

    ChangeQuery(ChangeFilter filter, int most) {
        and("MESH = ?", filter.mesh());
        and("CLUSTERS like ?", filter.cluster() == null ? null : "% " + filter.cluster() + " %");
        person(filter.person());
        outcome(filter.outcome());
        and("STARTED_AT >= ?", Utc.of(filter.from()));
        and("STARTED_AT < ?", Utc.of(filter.until()));
        sql.append(" order by STARTED_AT desc, CHANGE_ID limit ").append(most);
    }

    String sql() {
        return sql.toString();
    }

    List<Object> parameters() {
        return parameters;
    }

    private void person(@Nullable String person) {
        and("(REQUESTER = ? or CHANGE_ID in (select CHANGE_ID from MESHSPAN_AUDIT where ACTOR = ?))", person);
        if (person != null) {
            parameters.add(person);
        }
    }

    private void outcome(@Nullable String outcome) {
        if (ChangeFilter.RUNNING.equals(outcome)) {
            sql.append(" and ENDED_AT is null");
        } else {
            and("OUTCOME = ?", outcome);
        }
    }

    private void and(String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            parameters.add(value);
        }
    }
}

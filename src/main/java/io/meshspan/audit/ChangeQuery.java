package io.meshspan.audit;

import io.meshspan.database.Utc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter in SQL: newest first. */
final class ChangeQuery {

    /** A change is urgent if its start was recorded as urgent: records cannot be changed later. */
    static final String SUMMARY = "select c.*, exists (select 1 from MESHSPAN_AUDIT a where a.CHANGE_ID = c.CHANGE_ID"
            + " and a.RESULT = 'URGENT') as URGENT from MESHSPAN_CHANGE c";

    private final StringBuilder sql = new StringBuilder(SUMMARY + " where 1 = 1");
    private final List<Object> parameters = new ArrayList<>();

    /** @param after the change after which the part begins that is wanted; empty for the first part */
    ChangeQuery(ChangeFilter filter, String after, int most) {
        and("MESH = ?", filter.mesh());
        and("CLUSTERS like ?", filter.cluster() == null ? null : "% " + literal(filter.cluster()) + " %");
        person(filter.person());
        and("PROCESS = ?", filter.process());
        and("PROCESS <> ?", filter.exceptProcess());
        outcome(filter.outcome());
        state(filter.state());
        and("STARTED_AT >= ?", Utc.ofNullable(filter.from()));
        and("STARTED_AT < ?", Utc.ofNullable(filter.until()));
        after(after);
        sql.append(" order by STARTED_AT desc, CHANGE_ID limit ").append(most);
    }

    String sql() {
        return sql.toString();
    }

    List<Object> parameters() {
        return parameters;
    }

    private void after(String change) {
        if (!change.isEmpty()) {
            String started = "(select s.STARTED_AT from MESHSPAN_CHANGE s where s.CHANGE_ID = ?)";
            sql.append(" and (STARTED_AT < %s or (STARTED_AT = %s and CHANGE_ID > ?))".formatted(started, started));
            parameters.addAll(Collections.nCopies(3, change));
        }
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

    /** Escapes a text so that a pattern matches it literally. */
    private static String literal(String text) {
        return text.replaceAll("[\\\\%_]", "\\\\$0");
    }

    private void state(@Nullable ChangeState state) {
        if (state == null) {
            return;
        }
        if (state.runs()) {
            sql.append(" and ENDED_AT is null");
        } else if (state == ChangeState.ENDED_OTHERWISE) {
            sql.append(" and ENDED_AT is not null");
            ChangeState.allEnds().forEach(end -> and("OUTCOME not like ?", end + "%"));
        } else {
            List<String> ends = state.ends();
            sql.append(" and (")
                    .append(String.join(" or ", Collections.nCopies(ends.size(), "OUTCOME like ?")))
                    .append(')');
            ends.forEach(end -> parameters.add(end + "%"));
        }
    }

    private void and(String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            parameters.add(value);
        }
    }
}

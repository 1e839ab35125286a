package io.meshspan.web.changes;

import static java.util.stream.Collectors.groupingBy;

import io.meshspan.audit.ChangeState;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.condition.Conditions;
import io.meshspan.database.EngineTables;
import io.meshspan.engine.ApprovalTask;
import io.meshspan.engine.identity.ExternalPeople;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.FewNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The states of changes. Running changes are read from the engine, always with four queries. */
@Component
class ChangeStates {

    private static final String WAITS = EngineTables.WAITS_OF_CHANGES.formatted(
            VariableNames.WAITING_FOR,
            VariableNames.CONDITION,
            VariableNames.CONDITION_MET,
            VariableNames.CALLS_ANSWERED);

    private static final int FEW = 3;

    /** One thing that a change does or waits for, and who can act on it. */
    private record Reason(
            String change,
            ChangeState state,
            String text,
            @Nullable String assignee,
            List<String> deciders) {

        static Reason of(String change, ChangeState state, String text) {
            return new Reason(change, state, text, null, List.of());
        }

        boolean isUpTo(Reader reader, @Nullable String requester) {
            boolean own =
                    state == ChangeState.WAITING_FOR_APPROVAL && reader.id().equals(requester);
            boolean asked = assignee == null
                    ? deciders.stream().anyMatch(reader.groups()::contains)
                    : reader.id().equals(assignee);
            return state == ChangeState.STUCK_WITH_INCIDENT ? reader.retries() : reader.tasks() && asked && !own;
        }
    }

    private final JdbcClient database;
    private final RepositoryService diagrams;
    private final ActiveJobs steps;
    private final ExternalPeople people;

    ChangeStates(JdbcClient database, RepositoryService diagrams, ActiveJobs steps, ExternalPeople people) {
        this.people = people;
        this.database = database;
        this.diagrams = diagrams;
        this.steps = steps;
    }

    ChangeWithState of(ChangeSummary change, Reader reader) {
        return of(List.of(change), reader).get(0);
    }

    /** In the same order. */
    List<ChangeWithState> of(List<ChangeSummary> changes, Reader reader) {
        List<String> running = changes.stream()
                .filter(change -> change.ended() == null)
                .map(ChangeSummary::id)
                .toList();
        Map<String, List<Reason>> reasons = running.isEmpty() ? Map.of() : reasons(running);
        return changes.stream()
                .map(change -> change.ended() == null
                        ? running(change, reasons.getOrDefault(change.id(), List.of()), reader)
                        : ChangeWithState.ended(change))
                .toList();
    }

    private static ChangeWithState running(ChangeSummary change, List<Reason> reasons, Reader reader) {
        ChangeState state = reasons.stream()
                .map(Reason::state)
                .min(Comparator.naturalOrder())
                .orElse(ChangeState.WORKING);
        Set<String> texts = new TreeSet<>();
        reasons.stream()
                .filter(reason -> reason.state() == state)
                .map(Reason::text)
                .forEach(texts::add);
        boolean waits = reasons.stream().anyMatch(reason -> reason.isUpTo(reader, change.requester()));
        return ChangeWithState.running(change, state, FewNames.of(texts, FEW, "; "), waits);
    }

    private Map<String, List<Reason>> reasons(List<String> changes) {
        return Stream.of(
                        tasks(changes),
                        read(EngineTables.JOBS_OF_CHANGES, changes, this::step),
                        read(WAITS, changes, ChangeStates::wait),
                        read(
                                EngineTables.SUSPENDED_CHANGES,
                                changes,
                                row -> Reason.of(root(row), ChangeState.SUSPENDED, "by an administrator")))
                .flatMap(List::stream)
                .collect(groupingBy(Reason::change));
    }

    private record OpenQuestion(Reason reason, String task) {}

    /** One row for each group that a task asks. */
    private List<Reason> tasks(List<String> changes) {
        return read(EngineTables.TASKS_OF_CHANGES, changes, row -> new OpenQuestion(task(row), row.getString("ID_")))
                .stream()
                .collect(groupingBy(OpenQuestion::task))
                .values()
                .stream()
                .map(rows -> ofGroups(rows.get(0).reason(), rows))
                .toList();
    }

    private Reason ofGroups(Reason one, List<OpenQuestion> rows) {
        List<String> groups = rows.stream()
                .flatMap(row -> row.reason().deciders().stream())
                .sorted()
                .toList();
        String who = one.assignee() == null
                ? groups.isEmpty() ? "" : ", by one of " + String.join(", ", groups)
                : ", by " + people.nameOf(one.assignee());
        return new Reason(one.change(), one.state(), one.text() + who, one.assignee(), groups);
    }

    private Reason task(ResultSet row) throws SQLException {
        String group = row.getString("GROUP_ID_");
        return new Reason(
                root(row),
                isApproval(row.getString("PROC_DEF_ID_"), row.getString("TASK_DEF_KEY_"))
                        ? ChangeState.WAITING_FOR_APPROVAL
                        : ChangeState.WAITING_FOR_DECISION,
                Objects.requireNonNullElse(row.getString("NAME_"), "a task"),
                row.getString("ASSIGNEE_"),
                group == null ? List.of() : List.of(group));
    }

    private boolean isApproval(String definition, String activity) {
        UserTask drawn = diagrams.getBpmnModelInstance(definition).getModelElementById(activity);
        return drawn != null && ApprovalTask.is(drawn);
    }

    private Reason step(ResultSet row) throws SQLException {
        String step = steps.name(row.getString("PROCESS_DEF_ID_"), row.getString("ACT_ID_"));
        boolean failed = row.getString("EXCEPTION_MSG_") != null && row.getString("LOCK_OWNER_") == null;
        if (row.getInt("RETRIES_") == 0) {
            return Reason.of(root(row), ChangeState.STUCK_WITH_INCIDENT, step);
        }
        return Reason.of(root(row), failed ? ChangeState.RETRYING : ChangeState.WORKING, step);
    }

    private static Reason wait(ResultSet row) throws SQLException {
        boolean other = Conditions.CLUSTERS_FREE.equals(row.getString("KIND_OF_WAIT"));
        return Reason.of(
                root(row),
                other ? ChangeState.WAITING_FOR_OTHER_CHANGE : ChangeState.WAITING_FOR_CLUSTER,
                Objects.requireNonNullElse(row.getString("AWAITED"), "a condition"));
    }

    private static String root(ResultSet row) throws SQLException {
        return row.getString("ROOT_PROC_INST_ID_");
    }

    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String query, List<String> changes, Row<T> row) {
        return new ArrayList<>(database.sql(query)
                .param("changes", changes)
                .query((found, number) -> row.read(found))
                .list());
    }
}

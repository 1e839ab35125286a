package io.meshspan.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the changes and their records. */
@Component
public final class Changes {

    /** Longer lists are not useful; use a filter. */
    private static final int MOST = 500;

    private final ChangeRows changes;
    private final RecordRows entries;

    Changes(ChangeRows changes, RecordRows entries) {
        this.changes = changes;
        this.entries = entries;
    }

    /** Newest first; at most 500. */
    public List<ChangeSummary> find(ChangeFilter filter) {
        return find(filter, "", MOST);
    }

    /**
     * Newest first, a part of them.
     *
     * @param after the ID of the change after which the part begins; empty for the first part
     */
    public List<ChangeSummary> find(ChangeFilter filter, String after, int most) {
        return changes.find(new ChangeQuery(filter, after, most));
    }

    /** Those of these IDs, in any order. */
    public List<ChangeSummary> find(Set<String> ids) {
        return ids.isEmpty() ? List.of() : changes.find(ids);
    }

    public Optional<ChangeSummary> find(String change) {
        return changes.find(change);
    }

    /** In the order in which they were recorded. */
    public List<ChainedRecord> of(String change) {
        return entries.of(change);
    }

    /** Records of one kind, in the order in which they were recorded. */
    public List<ChainedRecord> of(String change, RecordKind kind) {
        return entries.of(change, kind);
    }

    /** Whether a record shows that a step of the change wrote or deleted an object. */
    public boolean wrote(String change) {
        return entries.wrote(change);
    }

    /** Whether a record shows that a step of the change wrote or deleted this object. */
    public boolean wrote(String change, String cluster, String object) {
        return entries.wrote(change, cluster, object);
    }

    /** The detail of a change's last note with this subject; empty if there is none. */
    public Optional<String> noted(String change, String what) {
        return last(change, what).flatMap(record -> Optional.ofNullable(record.detail()));
    }

    /** The last note of a change with this subject. */
    public Optional<AuditRecord> last(String change, String what) {
        return of(change).stream()
                .map(ChainedRecord::record)
                .filter(record ->
                        record.kind() == RecordKind.NOTE && record.what().equals(what))
                .reduce((earlier, later) -> later);
    }

    /** The alterations since the records were written, as text; empty if there are none. */
    public List<String> problems(ChangeSummary change, List<ChainedRecord> records) {
        List<String> problems = new ArrayList<>(Chain.problems(records, change.records(), change.head()));
        records.stream()
                .filter(entry -> entry.record().kind() == RecordKind.REQUESTED)
                .filter(entry -> !Objects.equals(entry.record().actor(), change.requester()))
                .forEach(entry -> problems.add("The list names another requester than record " + entry.seq()));
        records.stream()
                .filter(entry -> entry.record().kind() == RecordKind.ENDED)
                .filter(entry -> !entry.record().result().equals(change.outcome()))
                .forEach(entry -> problems.add("The list names another outcome than record " + entry.seq()));
        return problems;
    }
}

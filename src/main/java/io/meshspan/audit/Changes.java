package io.meshspan.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the records tell: every change, and everything that happened in it. */
@Component
public final class Changes {

    /** Longer lists help nobody: a filter does. */
    private static final int MOST = 500;

    private final ChangeRows changes;
    private final EntryRows entries;

    Changes(ChangeRows changes, EntryRows entries) {
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

    /** In the order in which it happened. */
    public List<Entry> of(String change) {
        return entries.of(change);
    }

    /** Those of one kind, in the order in which it happened. */
    public List<Entry> of(String change, RecordKind kind) {
        return entries.of(change, kind);
    }

    /** Whether a step of the change has a record of writing or deleting anything. */
    public boolean wrote(String change) {
        return entries.wrote(change);
    }

    /** Whether a step of the change has a record of writing or deleting this object. */
    public boolean wrote(String change, String cluster, String object) {
        return entries.wrote(change, cluster, object);
    }

    /** The detail of the last note of a change about something; empty if there is none. */
    public Optional<String> noted(String change, String what) {
        return last(change, what).flatMap(record -> Optional.ofNullable(record.detail()));
    }

    /** The last note of a change about something. */
    public Optional<AuditRecord> last(String change, String what) {
        return of(change).stream()
                .map(Entry::record)
                .filter(record ->
                        record.kind() == RecordKind.NOTE && record.what().equals(what))
                .reduce((earlier, later) -> later);
    }

    /** What was altered since it was written, in words; empty if nothing was. */
    public List<String> problems(ChangeSummary change, List<Entry> records) {
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

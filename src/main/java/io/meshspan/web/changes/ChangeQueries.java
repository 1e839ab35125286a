package io.meshspan.web.changes;

import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.ChangeFilter;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordKind;
import io.meshspan.evidence.RecordCheck;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.plan.ShownRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads recorded changes. */
@Component
class ChangeQueries {

    private final Changes changes;
    private final RecordCheck check;
    private final ChangeStates states;

    ChangeQueries(Changes changes, RecordCheck check, ChangeStates states) {
        this.changes = changes;
        this.check = check;
        this.states = states;
    }

    List<ChangeWithState> list(ChangeFilter filter, Reader reader) {
        return states.of(changes.find(filter), reader).stream()
                .filter(change -> filter.state() == null || filter.state() == change.state())
                .toList();
    }

    /** Newest first. What runs can only be told apart by the engine, so more is read until the part is full. */
    Page<ChangeWithState> page(ChangeFilter filter, Page.Asked asked, Reader reader) {
        String after = asked.after();
        if (!after.isEmpty() && changes.find(after).isEmpty()) {
            throw asked.unknown();
        }
        List<ChangeWithState> part = new ArrayList<>();
        List<ChangeSummary> read;
        do {
            read = changes.find(filter, after, Page.Asked.MOST);
            for (ChangeWithState change : states.of(read, reader)) {
                if (filter.state() != null && filter.state() != change.state()) {
                    continue;
                }
                if (part.size() == asked.limit()) {
                    return Page.until(part, part.get(part.size() - 1).change().id());
                }
                part.add(change);
            }
            after = read.isEmpty() ? after : read.get(read.size() - 1).id();
        } while (read.size() == Page.Asked.MOST);
        return Page.until(part, null);
    }

    /** @throws NoSuchChange if there is none of that id */
    ChangeWithState withState(String id, Reader reader) {
        return states.of(summary(id), reader);
    }

    /** @throws NoSuchChange if the change does not exist */
    ChangeSummary summary(String id) {
        return changes.find(id).orElseThrow(() -> new NoSuchChange(id));
    }

    ChangeView view(String id, Reader reader) {
        ChangeSummary summary = summary(id);
        List<ChainedRecord> records = changes.of(id);
        return new ChangeView(
                states.of(summary, reader),
                RecordedRequest.of(summary, records).map(ShownRequest::of).orElse(null),
                records.stream().map(RecordView::of).toList(),
                check.problems(summary, records));
    }

    /** Records of that kind, newest first. */
    List<RecordView> records(String id, RecordKind recordKind) {
        summary(id);
        return changes.of(id).stream()
                .filter(entry -> entry.record().kind() == recordKind)
                .sorted((a, b) -> Long.compare(b.seq(), a.seq()))
                .map(RecordView::of)
                .toList();
    }
}

package io.meshspan.web.changes;

import io.meshspan.audit.ChangeFilter;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.Entry;
import io.meshspan.audit.Kind;
import io.meshspan.evidence.RecordCheck;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.plan.ShownRequest;
import java.util.List;
import org.springframework.stereotype.Component;

/** Changes as they were recorded. */
@Component
class ChangeReads {

    private final Changes changes;
    private final RecordCheck check;

    ChangeReads(Changes changes, RecordCheck check) {
        this.changes = changes;
        this.check = check;
    }

    List<ChangeSummary> list(ChangeFilter filter) {
        return changes.find(filter);
    }

    /** @throws NoSuchChange if there is none of that id */
    ChangeSummary summary(String id) {
        return changes.find(id).orElseThrow(() -> new NoSuchChange(id));
    }

    ChangeView view(String id) {
        ChangeSummary summary = summary(id);
        List<Entry> records = changes.of(id);
        return new ChangeView(
                summary,
                RecordedRequest.of(summary, records).map(ShownRequest::of).orElse(null),
                records.stream().map(RecordView::of).toList(),
                check.problems(summary, records));
    }

    /** Of that kind, the newest first. */
    List<RecordView> records(String id, Kind kind) {
        summary(id);
        return changes.of(id).stream()
                .filter(entry -> entry.record().kind() == kind)
                .sorted((a, b) -> Long.compare(b.seq(), a.seq()))
                .map(RecordView::of)
                .toList();
    }
}

package io.meshspan.evidence;

import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.Entry;
import io.meshspan.trust.EvidenceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether the records in the database are those that were written: their chain, and the seal of an ended change. */
@Component
public class RecordCheck {

    private final Changes changes;
    private final EvidenceKey key;

    RecordCheck(Changes changes, EvidenceKey key) {
        this.changes = changes;
        this.key = key;
    }

    /** @return what was altered, in words; empty if nothing was */
    public List<String> problems(ChangeSummary change, List<Entry> records) {
        List<String> problems = new ArrayList<>();
        if (change.forgotten() == null) {
            problems.addAll(changes.problems(change, records));
        }
        if (change.ended() != null && !sealed(change)) {
            problems.add("The seal does not belong to this record, or was made with another key");
        }
        return problems;
    }

    private boolean sealed(ChangeSummary change) {
        String seal = change.seal();
        return seal != null
                && SigningCertificate.of(key.certificate())
                        .signed(change.sealed().getBytes(StandardCharsets.UTF_8), seal);
    }
}

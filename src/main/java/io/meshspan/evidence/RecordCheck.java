package io.meshspan.evidence;

import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.trust.EvidenceKey;
import io.meshspan.trust.EvidenceKeyUnusable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Checks that the records in the database are unaltered: their chain, and the seal of an ended change. */
@Component
public class RecordCheck {

    private final Changes changes;
    private final EvidenceKey key;

    RecordCheck(Changes changes, EvidenceKey key) {
        this.changes = changes;
        this.key = key;
    }

    /** @return the alterations as text; empty if there are none */
    public List<String> problems(ChangeSummary change, List<ChainedRecord> records) {
        List<String> problems = new ArrayList<>();
        if (change.forgotten() == null) {
            problems.addAll(changes.problems(change, records));
        }
        if (change.ended() != null) {
            seal(change).ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<String> seal(ChangeSummary change) {
        String seal = change.seal();
        if (seal == null) {
            return Optional.of(
                    "The record has no seal. If the evidence key could not be used when the change ended, the"
                            + " record says so, and it is sealed within a minute after the key can be used again");
        }
        try {
            boolean sealed = SigningCertificate.of(key.certificate())
                    .signed(change.sealed().getBytes(StandardCharsets.UTF_8), seal);
            return sealed
                    ? Optional.empty()
                    : Optional.of("The seal does not belong to this record, or was made with another key");
        } catch (EvidenceKeyUnusable e) {
            return Optional.of("The seal cannot be checked: " + e.getMessage());
        }
    }
}

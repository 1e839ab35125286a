package io.meshspan.evidence;

import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.trust.EvidenceKey;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the record of a change to one verifiable file, and as a page for people. */
@Component
public class EvidenceExport {

    private final Changes changes;
    private final EvidenceKey key;
    private final Clock clock = Clock.systemUTC();

    EvidenceExport(Changes changes, EvidenceKey key) {
        this.changes = changes;
        this.key = key;
    }

    /** @param by the person who exports the file */
    public byte[] json(ChangeSummary change, String by) {
        Evidence evidence = evidence(change, by);
        return EvidenceFile.write(evidence.signed(key.sign(EvidenceFile.unsigned(evidence))));
    }

    public String html(ChangeSummary change, String by) {
        return EvidencePage.of(
                evidence(change, by), RecordedRequest.of(change, changes.of(change.id())), key.fingerprint());
    }

    private Evidence evidence(ChangeSummary change, String by) {
        List<ChainedRecord> entries = changes.of(change.id());
        return new Evidence(
                Evidence.FORMAT,
                change.id(),
                change.mesh(),
                change.process(),
                change.requester(),
                change.reason(),
                change.clusters(),
                RecordedRequest.of(change, entries).map(EvidenceFile::tree).orElse(null),
                change.started().toString(),
                text(change.ended()),
                change.outcome(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                by,
                change.records(),
                change.head(),
                entries.stream().map(EvidenceRecord::of).toList(),
                key.certificate(),
                "");
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}

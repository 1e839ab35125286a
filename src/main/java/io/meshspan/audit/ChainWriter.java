package io.meshspan.audit;

import io.meshspan.audit.PendingRecords.Taken;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Adds records to the chains of their changes. */
@Component
class ChainWriter {

    private static final String UNSEALED = "The evidence key cannot be used. This record is sealed when it can be used"
            + " again; until then the chain of hashes alone protects it.";

    private static final String SEALED_LATE = "The evidence key can be used again. From the end of the change until now"
            + " the chain of hashes alone protected this record.";

    private final ChangeRows changes;
    private final RecordRows entries;
    private final ObjectProvider<Seal> seal;
    private final Clock clock = Clock.systemUTC();

    ChainWriter(ChangeRows changes, RecordRows entries, ObjectProvider<Seal> seal) {
        this.changes = changes;
        this.entries = entries;
        this.seal = seal;
    }

    void open(ChangeRequested changeRequested) {
        changes.open(changeRequested, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** One change after the other, in the order of their ids, so that two transactions never deadlock. */
    void append(List<Taken> records) {
        records.stream()
                .collect(Collectors.groupingBy(taken -> taken.record().change(), TreeMap::new, Collectors.toList()))
                .forEach(this::append);
    }

    private void append(String change, List<Taken> records) {
        ChainHead chainHead = changes.lock(change).orElseGet(() -> unannounced(records.get(0)));
        List<ChainedRecord> added = add(change, chainHead, records);
        Optional<ChainedRecord> end = added.stream()
                .filter(entry -> entry.record().kind() == RecordKind.ENDED)
                .findFirst();
        end.ifPresent(entry -> changes.end(change, entry.at(), entry.record().result()));
        sealIfEnded(change, end.isPresent());
    }

    private List<ChainedRecord> add(String change, ChainHead before, List<Taken> records) {
        ChainHead chainHead = before;
        List<ChainedRecord> added = new ArrayList<>();
        for (Taken taken : records) {
            ChainedRecord entry = ChainedRecord.after(chainHead, taken.at(), taken.record());
            added.add(entry);
            chainHead = new ChainHead(entry.seq(), entry.hash());
        }
        entries.add(added);
        changes.advance(change, chainHead);
        return added;
    }

    /** The changes that ended while the key could not be used. */
    List<String> unsealed() {
        return changes.unsealed();
    }

    /** @return false if the key cannot be used; nothing happens if another node was faster */
    boolean sealLate(String change) {
        if (changes.lock(change).isPresent()) {
            changes.find(change).filter(ended -> ended.seal() == null).ifPresent(ended -> sealIfEnded(change, false));
        }
        return changes.find(change).filter(ended -> ended.seal() == null).isEmpty();
    }

    /**
     * Seals again after each record that is written after the end. A late seal is recorded, and so is the missing one before
     * it. Otherwise somebody with write access to the database could alter a record, remove its seal and have it sealed
     * again.
     */
    private void sealIfEnded(String change, boolean justEnded) {
        changes.find(change)
                .filter(summary -> summary.ended() != null)
                .ifPresent(summary -> seal.ifAvailable(key -> seal(summary, key, justEnded)));
    }

    private void seal(ChangeSummary ended, Seal key, boolean justEnded) {
        Optional<String> signature = key.sign(ended.sealed());
        boolean expected = justEnded || ended.seal() != null;
        if (signature.isPresent() && expected) {
            changes.seal(ended.id(), signature.get());
        } else if (signature.isPresent() && changes.unsealed().contains(ended.id())) {
            note(ended, "SEALED", SEALED_LATE);
            changes.find(ended.id())
                    .flatMap(now -> key.sign(now.sealed()))
                    .ifPresent(late -> changes.seal(ended.id(), late));
        } else if (signature.isEmpty() && expected) {
            note(ended, "UNSEALED", UNSEALED);
            changes.seal(ended.id(), null);
        }
    }

    private void note(ChangeSummary ended, String result, String detail) {
        AuditRecord note = new AuditRecord(ended.id(), ended.mesh(), "Seal record", null, null, "seal", result, detail);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var unused = add(ended.id(), new ChainHead(ended.records(), ended.head()), List.of(new Taken(now, note)));
    }

    /** A process without a recorded request, for example a called process that was started directly. */
    private ChainHead unannounced(Taken first) {
        AuditRecord record = first.record();
        changes.open(
                new ChangeRequested(record.change(), record.mesh(), "-", record.step(), null, "", List.of(), ""),
                first.at());
        return ChainHead.NONE;
    }
}

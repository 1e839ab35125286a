package io.meshspan.audit;

import io.meshspan.audit.Pending.Taken;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Adds records to the chains of their changes. */
@Component
class ChainWriter {

    private final ChangeRows changes;
    private final EntryRows entries;
    private final ObjectProvider<Seal> seal;
    private final Clock clock = Clock.systemUTC();

    ChainWriter(ChangeRows changes, EntryRows entries, ObjectProvider<Seal> seal) {
        this.changes = changes;
        this.entries = entries;
        this.seal = seal;
    }

    void open(Opening opening) {
        changes.open(opening, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** Change by change in the order of their ids: two transactions never wait for each other crosswise. */
    void append(List<Taken> records) {
        records.stream()
                .collect(Collectors.groupingBy(taken -> taken.record().change(), TreeMap::new, Collectors.toList()))
                .forEach(this::append);
    }

    private void append(String change, List<Taken> records) {
        Head head = changes.lock(change).orElseGet(() -> unannounced(records.get(0)));
        List<Entry> added = new ArrayList<>();
        for (Taken taken : records) {
            Entry entry = Entry.after(head, taken.at(), taken.record());
            added.add(entry);
            head = new Head(entry.seq(), entry.hash());
        }
        entries.add(added);
        changes.advance(change, head);
        added.stream()
                .filter(entry -> entry.record().kind() == Kind.ENDED)
                .findFirst()
                .ifPresent(end -> end(end, change));
        sealIfEnded(change);
    }

    private void end(Entry end, String change) {
        changes.end(change, end.at(), end.record().result());
    }

    /** Anew with each record that comes after the end. */
    private void sealIfEnded(String change) {
        changes.find(change)
                .filter(summary -> summary.ended() != null)
                .ifPresent(summary -> seal.ifAvailable(key -> changes.seal(change, key.sign(summary.sealed()))));
    }

    /** A process that no request opened, such as one that is called, started by itself. */
    private Head unannounced(Taken first) {
        AuditRecord record = first.record();
        changes.open(
                new Opening(record.change(), record.mesh(), "-", record.step(), null, "", List.of(), ""), first.at());
        return Head.NONE;
    }
}

package io.meshspan.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The records of one transaction, until it commits. */
final class PendingRecords implements TransactionSynchronization {

    /** A record with the time when it was created. */
    record Taken(Instant at, AuditRecord record) {}

    private final Object key;
    private final ChainWriter chains;
    private final Clock clock = Clock.systemUTC();
    private final List<Taken> records = new ArrayList<>();

    PendingRecords(Object key, ChainWriter chains) {
        this.key = key;
        this.chains = chains;
    }

    void add(AuditRecord record) {
        records.add(new Taken(clock.instant().truncatedTo(ChronoUnit.MILLIS), record));
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        chains.append(records);
        records.clear();
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(key);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(key, this);
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(key);
    }
}

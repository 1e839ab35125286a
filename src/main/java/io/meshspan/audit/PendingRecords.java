package io.meshspan.audit;

import io.meshspan.finding.SanitizedException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The records of one transaction, until it commits. */
final class PendingRecords implements TransactionSynchronization {

    private static final Logger LOG = LoggerFactory.getLogger(PendingRecords.class);

    /** A record with the moment at which it was taken down. */
    record Taken(Instant at, AuditRecord record) {}

    private final Object key;
    private final ChainWriter chains;
    private final Clock clock = Clock.systemUTC();
    private final List<RecordListener> listeners;
    private final List<Taken> records = new ArrayList<>();
    private final List<AuditRecord> written = new ArrayList<>();

    PendingRecords(Object key, ChainWriter chains, List<RecordListener> listeners) {
        this.key = key;
        this.chains = chains;
        this.listeners = listeners;
    }

    void add(AuditRecord record) {
        records.add(new Taken(clock.instant().truncatedTo(ChronoUnit.MILLIS), record));
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        chains.append(records);
        List<AuditRecord> appended = records.stream().map(Taken::record).toList();
        records.clear();
        written.addAll(appended);
        listeners.forEach(listener -> listener.beforeCommit(appended));
    }

    /** The transaction has committed: what a listener fails at must not look like a failure of the step. */
    @Override
    public void afterCommit() {
        for (RecordListener listener : listeners) {
            try {
                listener.committed(List.copyOf(written));
            } catch (RuntimeException e) {
                LOG.warn(
                        "{} failed at records that are written",
                        listener.getClass().getSimpleName(),
                        new SanitizedException(e));
            }
        }
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

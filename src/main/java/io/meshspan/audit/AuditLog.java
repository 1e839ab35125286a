package io.meshspan.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records what happened, in the transaction of the step. This class never changes or deletes a record. The records are
 * chained just before that transaction commits. So steps of a change that run in parallel wait for each other only during a
 * commit.
 */
@Component
public final class AuditLog {

    private static final String EVERY_MINUTE = "PT1M";

    private final TransactionTemplate transactions;
    private final ChainWriter chains;
    private final ObjectProvider<ActorIdentities> identities;
    private final ObjectProvider<RecordListener> listeners;

    AuditLog(
            PlatformTransactionManager transactions,
            ChainWriter chains,
            ObjectProvider<ActorIdentities> identities,
            ObjectProvider<RecordListener> listeners) {
        this.identities = identities;
        this.transactions = new TransactionTemplate(transactions);
        this.chains = chains;
        this.listeners = listeners;
    }

    /** The first record of a change. */
    public void open(ChangeRequested changeRequested) {
        transactions.executeWithoutResult(transaction -> {
            chains.open(changeRequested);
            pending().add(changeRequested.record());
            identify(changeRequested.record());
        });
    }

    public void write(AuditRecord record) {
        write(List.of(record));
    }

    public void write(List<AuditRecord> records) {
        transactions.executeWithoutResult(transaction -> {
            records.forEach(pending()::add);
            records.stream()
                    .filter(record -> record.actor() != null)
                    .findFirst()
                    .ifPresent(this::identify);
        });
    }

    /** Names change, and the id from an identity provider means nothing to people, so the current name is stored with it. */
    private void identify(AuditRecord record) {
        String actor = record.actor();
        Optional.ofNullable(actor)
                .flatMap(person -> identities.stream().findFirst().flatMap(known -> known.of(person)))
                .ifPresent(identity -> pending()
                        .add(new AuditRecord(
                                RecordKind.NOTE,
                                record.change(),
                                record.mesh(),
                                record.step(),
                                actor,
                                null,
                                "%s is %s".formatted(actor, identity.name()),
                                "IDENTIFIED",
                                identity.claims().entrySet().stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(claim -> claim.getKey() + " " + claim.getValue())
                                        .collect(Collectors.joining(", ")),
                                null)));
    }

    /** Seals the changes that ended while the signing key could not be used, if it can be used again. */
    @Scheduled(fixedDelayString = EVERY_MINUTE, initialDelayString = EVERY_MINUTE)
    public void sealLate() {
        var unused = chains.unsealed().stream()
                .allMatch(change -> Boolean.TRUE.equals(transactions.execute(transaction -> chains.sealLate(change))));
    }

    private PendingRecords pending() {
        PendingRecords present = (PendingRecords) TransactionSynchronizationManager.getResource(this);
        if (present != null) {
            return present;
        }
        PendingRecords pendingRecords =
                new PendingRecords(this, chains, listeners.stream().toList());
        TransactionSynchronizationManager.bindResource(this, pendingRecords);
        TransactionSynchronizationManager.registerSynchronization(pendingRecords);
        return pendingRecords;
    }
}

package io.meshspan.audit;

import io.meshspan.secrets.LeakGuard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The audit room on a database of its own. */
public final class AuditDatabase {

    public final DriverManagerDataSource source =
            new DriverManagerDataSource("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
    public final JdbcTemplate sql = new JdbcTemplate(source);
    public final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    public final AuditLog log;
    public final Changes changes;
    final Retention retention;

    public AuditDatabase(Seal seal) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration", "classpath:db/h2")
                .load()
                .migrate();
        LeakGuard.watch("a database of records", source);
        ChangeRows changeRows = new ChangeRows(JdbcClient.create(source));
        RecordRows entryRows = new RecordRows(sql);
        StaticListableBeanFactory seals = new StaticListableBeanFactory(Map.of("seal", seal));
        log = new AuditLog(
                new JdbcTransactionManager(source),
                new ChainWriter(changeRows, entryRows, seals.getBeanProvider(Seal.class)),
                seals.getBeanProvider(ActorIdentities.class),
                seals.getBeanProvider(RecordListener.class));
        changes = new Changes(changeRows, entryRows);
        retention =
                new Retention(JdbcClient.create(source), new AuditProperties(java.time.Duration.ofDays(1)), List.of());
    }

    public AuditDatabase() {
        this(text -> Optional.of("signature of " + text.length()));
    }

    /** A change of two clusters with a few records. */
    public void change(String id, String mesh, String requester) {
        log.open(new ChangeRequested(
                id,
                mesh,
                "multi-primary",
                "Check inputs",
                requester,
                "two regions",
                List.of("cluster1", "cluster2"),
                "{}"));
        log.write(record(RecordKind.OBJECT, id, mesh, null, "cluster1", "Namespace istio-system", "CREATED"));
        log.write(record(RecordKind.DECIDED, id, mesh, "carla", null, "decision", "APPROVED"));
    }

    public void end(String id, String mesh, String outcome) {
        log.write(record(RecordKind.ENDED, id, mesh, null, null, "change", outcome));
    }

    static AuditRecord record(
            RecordKind recordKind,
            String change,
            String mesh,
            @org.jspecify.annotations.Nullable String actor,
            @org.jspecify.annotations.Nullable String cluster,
            String what,
            String result) {
        return new AuditRecord(
                recordKind,
                change,
                mesh,
                "Some step",
                actor,
                cluster,
                what,
                result,
                "übrigens: \"detail\"\n",
                "{\"n\":1}");
    }
}

package io.meshspan.audit;

import io.meshspan.database.Utc;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The only place that deletes records: all records of a change together, long after it ended, with its other data. The
 * change's row stays without people and their texts, but with the number of records, the last hash and the seal.
 */
@Component
public class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final String DAILY = "P1D";

    private final JdbcClient database;
    private final AuditProperties properties;
    private final List<KeptWithRecords> kept;

    Retention(JdbcClient database, AuditProperties properties, List<KeptWithRecords> kept) {
        this.database = database;
        this.properties = properties;
        this.kept = List.copyOf(kept);
    }

    @Transactional
    @Scheduled(fixedDelayString = DAILY, initialDelayString = "PT1M")
    public void forget() {
        forgetEndedBefore(Instant.now().minus(properties.retention()));
    }

    @Transactional
    public void forgetEndedBefore(Instant limit) {
        List<String> old = database.sql(
                        "select CHANGE_ID from MESHSPAN_CHANGE where ENDED_AT < ? and FORGOTTEN_AT is null")
                .param(Utc.of(limit))
                .query(String.class)
                .list();
        old.forEach(this::forget);
        kept.forEach(each -> each.forgetBefore(limit));
    }

    private void forget(String change) {
        database.sql("update MESHSPAN_CHANGE set FORGOTTEN_AT = ?, REQUESTER = null, REASON = null where CHANGE_ID = ?")
                .params(Utc.of(Instant.now()), change)
                .update();
        int deleted = database.sql("delete from MESHSPAN_AUDIT where CHANGE_ID = ?")
                .param(change)
                .update();
        kept.forEach(each -> each.forget(change));
        LOG.info("deleted {} records of change {}, which are older than meshspan.audit.retention", deleted, change);
    }
}

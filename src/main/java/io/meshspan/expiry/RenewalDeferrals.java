package io.meshspan.expiry;

import io.meshspan.audit.KeptWithRecords;
import io.meshspan.database.Utc;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which renewals people have put off, and until which number of days before the end. */
@Component
public class RenewalDeferrals implements KeptWithRecords {

    private final JdbcClient database;

    RenewalDeferrals(JdbcClient database) {
        this.database = database;
    }

    /**
     * A person's decision to renew later.
     *
     * @param end of the credential then; with another end, the decision does not count
     * @param days ahead of the end at which the person was asked
     */
    public record Deferral(
            String mesh,
            WatchedCredential credential,
            Instant end,
            int days,
            String change,
            String person,
            String reason,
            Instant at) {}

    /** Whether somebody has put it off at this number of days, or at fewer. */
    public boolean covers(String mesh, WatchedCredential credential, Instant end, int days) {
        return database.sql("select count(*) from MESHSPAN_RENEWAL_DEFERRAL where MESH = ? and CREDENTIAL = ?"
                                + " and ENDS_AT = ? and DAYS_AHEAD <= ?")
                        .params(mesh, credential.name(), Utc.of(end), days)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Transactional
    public void add(Deferral deferral) {
        database.sql("delete from MESHSPAN_RENEWAL_DEFERRAL where MESH = ? and CREDENTIAL = ?")
                .params(deferral.mesh(), deferral.credential().name())
                .update();
        database.sql("insert into MESHSPAN_RENEWAL_DEFERRAL (MESH, CREDENTIAL, ENDS_AT, DAYS_AHEAD, CHANGE_ID, PERSON,"
                        + " REASON, AT) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        deferral.mesh(),
                        deferral.credential().name(),
                        Utc.of(deferral.end()),
                        deferral.days(),
                        deferral.change(),
                        deferral.person(),
                        deferral.reason(),
                        Utc.of(deferral.at()))
                .update();
    }

    /** The decision stays, without the person and the comment. */
    @Override
    public void forget(String change) {
        database.sql("update MESHSPAN_RENEWAL_DEFERRAL set PERSON = '', REASON = '' where CHANGE_ID = ?")
                .param(change)
                .update();
    }
}

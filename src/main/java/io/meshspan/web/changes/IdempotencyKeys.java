package io.meshspan.web.changes;

import io.meshspan.audit.KeptWithRecords;
import io.meshspan.database.Utc;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.finding.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out a request once, however often it comes with the same {@code Idempotency-Key}: a start, or a decision in a
 * change. The key is noted before the work begins, and the change's ID in the transaction of the work: a node that dies
 * between the two leaves a key without a change, which the next request takes over.
 */
@Component
class IdempotencyKeys implements KeptWithRecords {

    static final Duration KEPT = Duration.ofHours(24);

    /** No request takes that long: its node died, or its transaction was rolled back. */
    static final Duration LONGEST_REQUEST = Duration.ofMinutes(2);

    private static final int LONGEST_KEY = 255;

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    IdempotencyKeys(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @param replayed whether an earlier request with this key did the work */
    record Outcome(String change, boolean replayed) {}

    /** What an earlier request with this key left. */
    private record Earlier(
            String hash, String claim, Instant at, @Nullable String change) {}

    /**
     * @param key null to do the work in any case
     * @param request what must be the same for the same key
     * @param work returns the ID of the change that it started, or in which it decided
     * @throws KeyOfAnotherRequest if the key came with another request
     * @throws RequestUnderWay if the first request with this key still runs
     */
    Outcome once(Reader reader, @Nullable String key, String request, Supplier<String> work) {
        if (key == null) {
            return new Outcome(work.get(), false);
        }
        check(key);
        String claim = UUID.randomUUID().toString();
        String earlier = claim(reader.id(), key, hash(request), claim);
        if (!earlier.isEmpty()) {
            return new Outcome(earlier, true);
        }
        try {
            return new Outcome(begin(reader.id(), key, claim, work), false);
        } catch (RuntimeException refused) {
            forget(reader.id(), key, claim);
            throw refused;
        }
    }

    @Override
    public void forget(String change) {
        database.sql("delete from MESHSPAN_IDEMPOTENCY_KEY where CHANGE_ID = ?")
                .param(change)
                .update();
    }

    /** Keys are valid for a day, whether others are sent or not. */
    @Override
    public void forgetBefore(Instant limit) {
        forgetKeysOfADayAgo(EngineContext.now());
    }

    private void forgetKeysOfADayAgo(Instant now) {
        database.sql("delete from MESHSPAN_IDEMPOTENCY_KEY where CLAIMED_AT < ?")
                .param(Utc.of(now.minus(KEPT)))
                .update();
    }

    private static void check(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            RequestRefused.ifAny(List.of(Finding.blocking(
                    "header",
                    "Idempotency-Key",
                    "1 to %d characters".formatted(LONGEST_KEY),
                    "%d characters".formatted(key.strip().length()),
                    "Send one that is made for this request, for example a UUID.")));
        }
    }

    /** @return the change of an earlier request; empty if this one is to do the work */
    private String claim(String person, String key, String hash, String claim) {
        Instant now = EngineContext.now();
        forgetKeysOfADayAgo(now);
        try {
            database.sql("insert into MESHSPAN_IDEMPOTENCY_KEY"
                            + " (PERSON, REQUEST_KEY, REQUEST_HASH, CLAIM, CLAIMED_AT) values (?, ?, ?, ?, ?)")
                    .params(person, key, hash, claim, Utc.of(now))
                    .update();
            return "";
        } catch (DuplicateKeyException known) {
            return again(person, key, hash, claim, now);
        }
    }

    private String again(String person, String key, String hash, String claim, Instant now) {
        Earlier earlier = database.sql("select REQUEST_HASH, CLAIM, CLAIMED_AT, CHANGE_ID from MESHSPAN_IDEMPOTENCY_KEY"
                        + " where PERSON = ? and REQUEST_KEY = ?")
                .params(person, key)
                .query((row, number) -> new Earlier(
                        row.getString(1), row.getString(2), Utc.required(row, "CLAIMED_AT"), row.getString(4)))
                .optional()
                .orElseThrow(RequestUnderWay::new);
        if (!earlier.hash().equals(hash)) {
            throw new KeyOfAnotherRequest();
        }
        if (earlier.change() != null) {
            return earlier.change();
        }
        boolean taken = earlier.at().isBefore(now.minus(LONGEST_REQUEST))
                && database.sql("update MESHSPAN_IDEMPOTENCY_KEY set CLAIM = ?, CLAIMED_AT = ?"
                                        + " where PERSON = ? and REQUEST_KEY = ? and CLAIM = ? and CHANGE_ID is null")
                                .params(claim, Utc.of(now), person, key, earlier.claim())
                                .update()
                        == 1;
        if (!taken) {
            throw new RequestUnderWay();
        }
        return "";
    }

    private String begin(String person, String key, String claim, Supplier<String> work) {
        return transaction.execute(begun -> {
            String id = work.get();
            int mine = database.sql("update MESHSPAN_IDEMPOTENCY_KEY set CHANGE_ID = ?"
                            + " where PERSON = ? and REQUEST_KEY = ? and CLAIM = ?")
                    .params(id, person, key, claim)
                    .update();
            if (mine == 0) {
                throw new RequestUnderWay();
            }
            return id;
        });
    }

    private void forget(String person, String key, String claim) {
        database.sql("delete from MESHSPAN_IDEMPOTENCY_KEY where PERSON = ? and REQUEST_KEY = ? and CLAIM = ?"
                        + " and CHANGE_ID is null")
                .params(person, key, claim)
                .update();
    }

    private static String hash(String request) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Status 422. */
    static final class KeyOfAnotherRequest extends RuntimeException {

        private KeyOfAnotherRequest() {
            super(("Another request had this Idempotency-Key within %d hours."
                            + " Send a different key with each request.")
                    .formatted(KEPT.toHours()));
        }
    }

    /** Status 409. */
    static final class RequestUnderWay extends RuntimeException {

        private RequestUnderWay() {
            super(
                    "The first request with this Idempotency-Key is still being worked on. Send the same once more in a moment.");
        }
    }
}

package io.meshspan.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.meshspan.database.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tables of notices to send. A notice is added in the transaction of its event, so it is sent only if that
 * transaction commits.
 */
@Component
public class Outbox {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
    private static final int AT_ONCE = 50;
    private static final Duration KEPT = Duration.ofDays(31);

    private final JdbcClient database;
    private final NotificationProperties properties;

    Outbox(JdbcClient database, NotificationProperties properties) {
        this.database = database;
        this.properties = properties;
    }

    /**
     * A notice that a receiver has not accepted yet.
     *
     * @param attempts the number of attempts so far
     * @param problem why the last attempt failed, without a secret; null if there was none
     */
    record Delivery(
            long event,
            String receiver,
            int attempts,
            @Nullable String problem,
            Notice notice) {}

    /** Writes nothing if no receiver wants the event, or if the notice already exists. */
    @Transactional
    public void add(Notice notice) {
        List<String> receivers = properties.receivers().entrySet().stream()
                .filter(each -> each.getValue().wants(notice.type()))
                .map(each -> each.getKey())
                .toList();
        if (receivers.isEmpty() || id(notice).isPresent()) {
            return;
        }
        database.sql("insert into MESHSPAN_EVENT (EVENT_ID, AT, TYPE, ORDER_KEY, CONTENT) values (?, ?, ?, ?, ?)")
                .params(notice.id(), Utc.of(notice.at()), notice.type().name(), notice.orderKey(), written(notice))
                .update();
        long event = id(notice).orElseThrow();
        receivers.forEach(receiver -> database.sql(
                        "insert into MESHSPAN_DELIVERY (EVENT, RECEIVER, ORDER_KEY, NEXT_AT) values (?, ?, ?, ?)")
                .params(event, receiver, notice.orderKey(), Utc.of(notice.at()))
                .update());
    }

    private Optional<Long> id(Notice notice) {
        return database.sql("select ID from MESHSPAN_EVENT where EVENT_ID = ?")
                .param(notice.id())
                .query(Long.class)
                .optional();
    }

    /**
     * The notices to send to this receiver now, oldest first: for each order key, only the first that it has not
     * accepted.
     */
    List<Delivery> due(String receiver, Instant now) {
        return database.sql("select d.*, e.CONTENT from MESHSPAN_DELIVERY d join MESHSPAN_EVENT e on e.ID = d.EVENT"
                        + " where d.RECEIVER = ? and d.GIVEN_UP = false and d.NEXT_AT <= ? and not exists"
                        + " (select 1 from MESHSPAN_DELIVERY b where b.RECEIVER = d.RECEIVER and b.GIVEN_UP = false"
                        + " and b.ORDER_KEY = d.ORDER_KEY and b.EVENT < d.EVENT)"
                        + " order by d.EVENT fetch first " + AT_ONCE + " rows only")
                .params(receiver, Utc.of(now))
                .query((row, number) -> delivery(row))
                .list();
    }

    /** The notices that are still tried, oldest first. */
    List<Delivery> pending() {
        return open(false);
    }

    /** The notices that are tried no more, oldest first. */
    List<Delivery> givenUp() {
        return open(true);
    }

    private List<Delivery> open(boolean givenUp) {
        return database.sql("select d.*, e.CONTENT from MESHSPAN_DELIVERY d join MESHSPAN_EVENT e on e.ID = d.EVENT"
                        + " where d.GIVEN_UP = ? order by d.EVENT")
                .param(givenUp)
                .query((row, number) -> delivery(row))
                .list();
    }

    void taken(Delivery delivery) {
        database.sql("delete from MESHSPAN_DELIVERY where EVENT = ? and RECEIVER = ?")
                .params(delivery.event(), delivery.receiver())
                .update();
    }

    void failed(Delivery delivery, String problem, Instant next) {
        database.sql("update MESHSPAN_DELIVERY set ATTEMPTS = ?, PROBLEM = ?, NEXT_AT = ?"
                        + " where EVENT = ? and RECEIVER = ?")
                .params(delivery.attempts() + 1, problem, Utc.of(next), delivery.event(), delivery.receiver())
                .update();
    }

    void giveUp(Delivery delivery, String problem) {
        database.sql("update MESHSPAN_DELIVERY set ATTEMPTS = ?, PROBLEM = ?, GIVEN_UP = true"
                        + " where EVENT = ? and RECEIVER = ?")
                .params(delivery.attempts() + 1, problem, delivery.event(), delivery.receiver())
                .update();
    }

    /** @return the number of abandoned notices that are retried */
    int tryAgain(Instant now) {
        return database.sql("update MESHSPAN_DELIVERY set GIVEN_UP = false, ATTEMPTS = 0, NEXT_AT = ?"
                        + " where GIVEN_UP = true")
                .param(Utc.of(now))
                .update();
    }

    /** Deletes notices older than a month, and those for receivers that no longer exist. */
    @Transactional
    public void forget(Instant now) {
        Instant limit = now.minus(KEPT);
        database.sql("delete from MESHSPAN_DELIVERY where EVENT in (select ID from MESHSPAN_EVENT where AT < ?)")
                .param(Utc.of(limit))
                .update();
        database.sql("delete from MESHSPAN_EVENT where AT < ?")
                .param(Utc.of(limit))
                .update();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong("EVENT"),
                row.getString("RECEIVER"),
                row.getInt("ATTEMPTS"),
                row.getString("PROBLEM"),
                read(row.getString("CONTENT")));
    }

    private static String written(Notice notice) {
        try {
            return JSON.writeValueAsString(notice);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a notice could not be written", e);
        }
    }

    private static Notice read(String content) {
        try {
            return JSON.readValue(content, Notice.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a notice could not be read", e);
        }
    }
}

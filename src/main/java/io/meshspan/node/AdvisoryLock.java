package io.meshspan.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;

/**
 * A lock between the nodes of one PostgreSQL. It lasts as long as its connection: the database releases it when its holder
 * dies, also with the whole machine. It needs no table, so it can protect the creation of tables (ADR 15). Only one process
 * can open H2's file, so there is no other node.
 */
public final class AdvisoryLock {

    /** A dead machine is noticed after 10 s of silence and three probes, 5 s apart. */
    private static final String NOTICE_THE_DEAD =
            "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

    private static final int SECONDS_TO_ANSWER = 5;
    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryLock.class);

    private final DataSource database;
    private final boolean shared;
    private final String name;
    private Optional<Connection> holder = Optional.empty();

    public AdvisoryLock(DataSource database, DataSourceProperties settings, String name) {
        this.database = database;
        this.shared = settings.determineUrl().startsWith("jdbc:postgresql:");
        this.name = name;
    }

    /** @return whether it is held now; takes it again if the connection was lost */
    public synchronized boolean tryTake() throws SQLException {
        return !shared || held() || connect("select pg_try_advisory_lock(hashtextextended(?, 0))", SECONDS_TO_ANSWER);
    }

    /** @throws SQLException also if it was not released in time */
    public synchronized void await(int seconds) throws SQLException {
        if (shared && !held()) {
            connect("select pg_advisory_lock(hashtextextended(?, 0)) is not null", seconds);
        }
    }

    public synchronized void release() throws SQLException {
        if (holder.isPresent()) {
            ask(holder.get(), "select pg_advisory_unlock(hashtextextended(?, 0))", SECONDS_TO_ANSWER);
            forget();
        }
    }

    /** Does something while it is held; nothing if another node holds it, or if the database does not answer. */
    public void inTurn(Runnable work) {
        try {
            if (tryTake()) {
                try {
                    work.run();
                } finally {
                    release();
                }
            }
        } catch (SQLException e) {
            LOG.warn("The database does not say which node has the lock '{}'; asked again at the next time", name);
        }
    }

    private boolean held() throws SQLException {
        return holder.isPresent() && holder.get().isValid(SECONDS_TO_ANSWER);
    }

    private boolean connect(String question, int seconds) throws SQLException {
        forget();
        Connection connection = database.getConnection();
        holder = Optional.of(connection);
        try (Statement settings = connection.createStatement()) {
            settings.execute(NOTICE_THE_DEAD);
        }
        boolean taken = ask(connection, question, seconds);
        if (!taken) {
            forget();
        }
        return taken;
    }

    private boolean ask(Connection connection, String question, int seconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, name);
            statement.setQueryTimeout(seconds);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    private void forget() throws SQLException {
        Optional<Connection> old = holder;
        holder = Optional.empty();
        if (old.isPresent()) {
            old.get().close();
        }
    }
}

package io.meshspan.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Reports within two seconds whether the database answers: a health check must not wait as long as a step may wait for a
 * connection. It replaces Spring Boot's own indicator and has the same name.
 */
@Component("dbHealthIndicator")
final class DatabaseHealth implements HealthIndicator, DisposableBean {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final DataSource database;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread named = new Thread(work, "database-health");
        named.setDaemon(true);
        return named;
    });
    private CompletableFuture<Boolean> question = CompletableFuture.completedFuture(false);

    DatabaseHealth(DataSource database) {
        this.database = database;
    }

    @Override
    public Health health() {
        try {
            boolean valid = asked().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return valid ? Health.up().build() : Health.down().build();
        } catch (TimeoutException e) {
            return Health.down()
                    .withDetail("found", "no answer within %d s".formatted(LIMIT.toSeconds()))
                    .build();
        } catch (ExecutionException e) {
            return Health.down().withDetail("found", "no connection").build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.down().build();
        }
    }

    /** One query at a time: callers that come before it has an answer wait for the same answer. */
    private synchronized CompletableFuture<Boolean> asked() {
        if (question.isDone()) {
            question = CompletableFuture.supplyAsync(this::isThere, thread);
        }
        return question;
    }

    private boolean isThere() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid((int) LIMIT.toSeconds());
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}

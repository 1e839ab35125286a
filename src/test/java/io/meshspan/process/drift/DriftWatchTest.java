package io.meshspan.process.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.meshspan.audit.AuditLog;
import io.meshspan.database.SharedPostgres;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.drift.DriftProperties;
import io.meshspan.drift.DriftRecords.LastCheck;
import io.meshspan.drift.DriftReport;
import io.meshspan.process.change.OwnChanges;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Two nodes on one PostgreSQL: while one checks, the other one does not. */
class DriftWatchTest {

    private final PeriodicTasks periodic = new PeriodicTasks();
    private final DeclaredMeshes meshes = mock();

    @Test
    void shouldCheckOnOneNodeAtATime() throws InterruptedException {
        // given
        DataSource database = SharedPostgres.postgresql();
        when(meshes.names()).thenReturn(List.of("mesh1"));
        CountDownLatch checking = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        DriftChecks slow = mock();
        when(slow.check("mesh1")).thenAnswer(call -> {
            checking.countDown();
            assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
            return Optional.empty();
        });
        DriftChecks other = mock();
        DriftWatch second = watch(other, database);

        // when
        CompletableFuture<Void> first = CompletableFuture.runAsync(watch(slow, database)::checkAll);
        assertThat(checking.await(20, TimeUnit.SECONDS)).isTrue();
        second.checkAll();

        // then
        verify(other, never()).check("mesh1");

        // when the first one has ended
        enough.countDown();
        first.join();
        second.checkAll();

        // then
        verify(other).check("mesh1");
    }

    @Test
    void shouldGoOnWithARoundAndLeaveOutNoMeshForAnother() {
        // given
        when(meshes.names()).thenReturn(List.of("mesh1", "mesh2", "mesh3"));
        DriftChecks checks = mock();
        when(checks.last("mesh1")).thenReturn(checked("mesh1", Instant.now()));
        when(checks.last("mesh2")).thenReturn(checked("mesh2", Instant.now().minusSeconds(60)));
        when(checks.check("mesh2")).thenThrow(new IllegalStateException("no table"));

        // when
        watch(checks, SharedPostgres.postgresql()).checkAll();

        // then
        verify(checks, never()).check("mesh1");
        verify(checks).check("mesh2");
        verify(checks).check("mesh3");
    }

    private static Optional<LastCheck> checked(String mesh, Instant at) {
        return Optional.of(new LastCheck(
                mesh, at, Duration.ZERO, new DriftReport(mesh, 1, at, List.of(), List.of(), List.of()), 0, null));
    }

    private DriftWatch watch(DriftChecks checks, DataSource database) {
        DataSourceProperties settings = new DataSourceProperties();
        settings.setUrl("jdbc:postgresql://of-this-test/");
        Duration any = Duration.ofMinutes(1);
        return new DriftWatch(
                checks,
                meshes,
                new DriftProperties("* * * * * *", ZoneOffset.UTC, any, Duration.ofDays(30), List.of()),
                mock(RuntimeService.class),
                new OwnChanges(
                        mock(RuntimeService.class), mock(AuditLog.class), new DataSourceTransactionManager(database)),
                database,
                settings,
                periodic);
    }

    @AfterEach
    void end() {
        periodic.destroy();
    }
}

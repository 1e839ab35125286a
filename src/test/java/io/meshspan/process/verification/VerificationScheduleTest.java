package io.meshspan.process.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.ChangeFilter;
import io.meshspan.audit.ChangeRequested;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.database.SharedPostgres;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.lease.HeldLeases;
import io.meshspan.lease.Holder;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.process.change.OwnChanges;
import io.meshspan.schedule.PeriodicTasks;
import io.meshspan.verification.VerificationHistory;
import io.meshspan.verification.VerificationRun;
import io.meshspan.verification.VerificationRun.Result;
import io.meshspan.verification.VerificationScheduleProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Whose turn it is: one mesh after the other, on one node of one database. */
class VerificationScheduleTest {

    private final PeriodicTasks periodic = new PeriodicTasks();
    private final DeclaredMeshes meshes = mock();
    private final HeldLeases leases = mock();
    private final VerificationHistory history = mock();
    private final VerificationResults results = mock();
    private final Changes records = mock();
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /** What each node began, for example {@code node1 mesh1}. */
    private final List<String> begun = new CopyOnWriteArrayList<>();

    private final List<VerificationRun> kept = new CopyOnWriteArrayList<>();

    @Test
    void shouldVerifyOneMeshAfterTheOtherOnOneNode() {
        // given
        DataSource database = SharedPostgres.postgresql();
        declared("mesh1", DeclaredMesh.State.VERIFIED);
        declared("mesh2", DeclaredMesh.State.TAKEN_OVER);
        declared("mesh3", DeclaredMesh.State.UNCERTAIN);
        when(meshes.names()).thenReturn(List.of("mesh1", "mesh2", "mesh3"));
        VerificationSchedule first = schedule("node1", database);
        VerificationSchedule second = schedule("node2", database);

        // when
        first.verifyAll();
        second.verifyAll();
        first.verifyAll();

        // then
        assertThat(begun).containsExactly("node1 mesh1");

        // when its process has ended
        running.clear();

        // then
        await().atMost(20, TimeUnit.SECONDS).until(() -> begun.size() == 2);
        second.verifyAll();
        assertThat(begun)
                .as("a mesh that was only taken over has no turn")
                .containsExactly("node1 mesh1", "node1 mesh3");

        // when the round has ended
        running.clear();

        // then
        await().atMost(20, TimeUnit.SECONDS).until(() -> {
            second.verifyAll();
            return begun.contains("node2 mesh1");
        });
    }

    @Test
    void shouldGoOnWithTheRoundOfANodeThatIsGone() {
        // given
        DataSource database = SharedPostgres.postgresql();
        PeriodicTasks ofTheFirst = new PeriodicTasks();
        List.of("mesh1", "mesh2", "mesh3").forEach(mesh -> declared(mesh, DeclaredMesh.State.VERIFIED));
        when(meshes.names()).thenReturn(List.of("mesh1", "mesh2", "mesh3"));
        when(history.last("mesh3"))
                .thenReturn(Optional.of(VerificationRun.without(
                        "mesh3", Instant.now(), Result.SKIPPED, VerificationHistory.SCHEDULE, null, "held")));
        schedule("node1", database, ofTheFirst).verifyAll();
        when(records.find(ChangeFilter.of("mesh1", VerificationHistory.SCHEDULE), "", 1))
                .thenReturn(List.of(begun("mesh1")));
        VerificationSchedule second = schedule("node2", database);
        second.goOn();
        assertThat(begun).as("the first node lives").containsExactly("node1 mesh1");

        // when it is gone, with its thread and its connections
        ofTheFirst.destroy();
        var unused = JdbcClient.create(database)
                .sql("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()")
                .query(Boolean.class)
                .list();
        second.goOn();

        // then
        assertThat(begun).as("the process of the first mesh goes on").containsExactly("node1 mesh1");

        // when that has ended
        running.clear();

        // then
        await().atMost(20, TimeUnit.SECONDS).until(() -> begun.size() == 2);
        assertThat(begun).containsExactly("node1 mesh1", "node2 mesh2");
    }

    private static ChangeSummary begun(String mesh) {
        return new ChangeSummary(
                "change",
                mesh,
                VerificationHistory.SCHEDULE,
                null,
                null,
                List.of("cluster1"),
                Instant.now(),
                null,
                null,
                1,
                "",
                null,
                false,
                null);
    }

    @Test
    void shouldSkipAMeshThatAChangeHoldsAndSaySo() {
        declared("mesh1", DeclaredMesh.State.VERIFIED);
        when(leases.holders()).thenReturn(List.of(new Holder(new MeshId("mesh1"), "change7")));

        assertThat(schedule("node1", SharedPostgres.h2()).verify("mesh1")).isEmpty();

        assertThat(begun).isEmpty();
        assertThat(kept).singleElement().satisfies(run -> {
            assertThat(run.result()).isEqualTo(Result.SKIPPED);
            assertThat(run.reason()).contains("change7");
            assertThat(run.change()).isNull();
        });
    }

    private void declared(String id, DeclaredMesh.State state) {
        Mesh mesh = new Mesh(
                new MeshId(id),
                Topology.MULTI_PRIMARY,
                IstioVersion.parse("1.30.3"),
                List.of(Member.primary(new ClusterName("cluster1"), new NetworkName("network1"))));
        when(meshes.find(id))
                .thenReturn(Optional.of(new DeclaredMesh(
                        1, Instant.EPOCH, state, mesh, null, List.of(), null, null, null, "install", null, "")));
    }

    private VerificationSchedule schedule(String node, DataSource database) {
        return schedule(node, database, periodic);
    }

    private VerificationSchedule schedule(String node, DataSource database, PeriodicTasks tasks) {
        AuditLog audit = mock();
        doAnswer(call -> begun.add(
                        node + " " + call.<ChangeRequested>getArgument(0).mesh()))
                .when(audit)
                .open(any());
        doAnswer(call -> kept.add(call.getArgument(0))).when(results).keep(any());
        DataSourceProperties settings = new DataSourceProperties();
        settings.setUrl("jdbc:postgresql://of-this-test/");
        RuntimeService runtime = runtime();
        return new VerificationSchedule(
                meshes,
                leases,
                history,
                results,
                new VerificationScheduleProperties("* * * * * *", ZoneOffset.UTC, Duration.ofMinutes(20), 10),
                runtime,
                new OwnChanges(runtime, audit, new DataSourceTransactionManager(database)),
                records,
                database,
                settings,
                tasks);
    }

    private RuntimeService runtime() {
        RuntimeService runtime = mock();
        when(runtime.createProcessInstanceByKey(anyString())).thenAnswer(call -> {
            ProcessInstantiationBuilder builder = mock(RETURNS_SELF);
            when(builder.execute()).thenAnswer(execute -> {
                ProcessInstance instance = instance();
                running.add("change");
                return instance;
            });
            return builder;
        });
        when(runtime.createProcessInstanceQuery()).thenAnswer(call -> {
            ProcessInstanceQuery query = mock(RETURNS_SELF);
            when(query.count()).thenAnswer(count -> (long) running.size());
            when(query.processInstanceBusinessKey(anyString())).thenAnswer(key -> {
                List<ProcessInstance> open =
                        running.isEmpty() || !begun.get(begun.size() - 1).endsWith(key.getArgument(0))
                                ? List.of()
                                : List.of(instance());
                when(query.list()).thenReturn(open);
                return query;
            });
            return query;
        });
        return runtime;
    }

    private static ProcessInstance instance() {
        ProcessInstance instance = mock();
        when(instance.getId()).thenReturn("change");
        when(instance.getProcessDefinitionId()).thenReturn("definition");
        return instance;
    }

    @AfterEach
    void end() {
        periodic.destroy();
    }
}

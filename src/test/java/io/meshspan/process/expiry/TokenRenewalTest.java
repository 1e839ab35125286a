package io.meshspan.process.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.meshspan.audit.AuditDatabase;
import io.meshspan.audit.ChangeRequested;
import io.meshspan.database.SharedPostgres;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.expiry.ExpiryScan;
import io.meshspan.expiry.TokenRenewalProperties;
import io.meshspan.lease.HeldLeases;
import io.meshspan.lease.Holder;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.mesh.Topology;
import io.meshspan.process.change.OwnChanges;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.camunda.bpm.engine.task.NativeTaskQuery;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;

/** Which renewal the schedule begins, and whom it asks where it begins none. */
class TokenRenewalTest {

    private final AuditDatabase audit = new AuditDatabase();
    private final PeriodicTasks periodic = new PeriodicTasks();
    private final DeclaredMeshes meshes = mock();
    private final ExpiryScan scan = mock();
    private final ExpiryWatch watch = mock();
    private final HeldLeases leases = mock();
    private final OwnChanges changes = mock();
    private final RuntimeService runtime = mock();
    private final TaskService tasks = mock();

    private final Map<String, DeclaredMesh> declared = new TreeMap<>();
    private final List<ProcessInstance> open = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();
    private final Set<String> waitForPeople = new HashSet<>();
    private final Set<String> haveIncidents = new HashSet<>();

    @BeforeEach
    void engine() {
        when(meshes.names()).thenAnswer(call -> List.copyOf(declared.keySet()));
        when(meshes.find(anyString()))
                .thenAnswer(call -> Optional.ofNullable(declared.get(call.<String>getArgument(0))));
        when(changes.open("renew-remote-tokens")).thenAnswer(call -> List.copyOf(open));
        when(changes.open(eq("renew-remote-tokens"), anyString()))
                .thenAnswer(call -> open.stream()
                        .filter(renewal -> renewal.getBusinessKey().equals(call.getArgument(1)))
                        .toList());
        when(changes.begin(anyString(), anyString(), any(), anyString(), any(), any()))
                .thenAnswer(call -> begin(call.<Mesh>getArgument(2).id().value()));
        when(tasks.createNativeTaskQuery()).thenAnswer(call -> {
            NativeTaskQuery query = mock(RETURNS_SELF);
            when(query.parameter(anyString(), any())).thenAnswer(root -> {
                when(query.list())
                        .thenReturn(
                                waitForPeople.contains(root.<String>getArgument(1))
                                        ? List.of(mock(Task.class))
                                        : List.of());
                return query;
            });
            return query;
        });
        when(runtime.createProcessInstanceQuery()).thenAnswer(call -> {
            ProcessInstanceQuery query = mock(RETURNS_SELF);
            when(query.processInstanceId(anyString())).thenAnswer(id -> {
                when(query.count()).thenReturn(haveIncidents.contains(id.<String>getArgument(0)) ? 1L : 0L);
                return query;
            });
            return query;
        });
    }

    @Test
    void shouldRenewOneMeshAfterTheOther() {
        due("mesh1", "mesh2");
        declared("mesh3", "12h");
        declared("mesh4", "");
        TokenRenewal schedule = schedule(true);

        schedule.look();
        schedule.look();
        assertThat(begun).as("while one works, no other begins").containsExactly("mesh1");

        end("renewal of mesh1", "Mesh verified");
        when(scan.tokensToRenew(argThat(mesh -> is("mesh1", mesh)), any())).thenReturn(false);
        schedule.look();
        schedule.look();
        assertThat(begun).as("only meshes whose tokens are to be renewed").containsExactly("mesh1", "mesh2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGoOnWithTheNextMeshWhileOneWaitsForAPerson(boolean byATask) {
        due("mesh1", "mesh2", "mesh3");
        TokenRenewal schedule = schedule(true);
        schedule.look();

        (byATask ? waitForPeople : haveIncidents).add("renewal of mesh1");
        schedule.look();
        schedule.look();

        assertThat(begun)
                .as("the second one works, so the third one does not begin")
                .containsExactly("mesh1", "mesh2");
    }

    @Test
    void shouldLeaveAMeshAloneThatAChangeHolds() {
        due("mesh1", "mesh2");
        when(leases.holders()).thenReturn(List.of(new Holder(new MeshId("mesh1"), "change7")));
        TokenRenewal schedule = schedule(true);

        schedule.look();
        assertThat(begun).containsExactly("mesh2");

        end("renewal of mesh2", "Mesh verified");
        when(leases.holders()).thenReturn(List.of());
        schedule.look();
        assertThat(begun).as("at the next look").containsExactly("mesh2", "mesh1");
    }

    /** An outcome of before; how long ago it came, and whether a renewal begins now. Four renewals fit in what is left of a token. */
    @ParameterizedTest
    @CsvSource({
        "12h, Change stopped, 50m, false",
        "12h, Change stopped, 70m, true",
        "12h, Change rolled back, 50m, false",
        "12h, Verification failed, 50m, false",
        "12h, Deleted, 50m, false",
        "12h, Mesh verified, 50m, false",
        "1h, Change stopped, 4m, false",
        "1h, Change stopped, 6m, true",
        "10m, Mesh verified, 40s, false",
        "10m, Mesh verified, 60s, true",
    })
    void shouldPauseAfterARenewalThatDidNotHelp(String tokens, String outcome, String ago, boolean begins) {
        due("mesh1");
        declared("mesh1", tokens);
        begin("mesh1");
        end("renewal of mesh1", outcome);
        begun.clear();

        Optional<String> change =
                schedule(true).renewNext(Instant.now().plus(Duration.parse("PT" + ago.toUpperCase(Locale.ROOT))));

        assertThat(change.isPresent()).isEqualTo(begins);
        assertThat(begun.isEmpty()).isNotEqualTo(begins);
    }

    @Test
    void shouldNotPauseIfAnotherChangeDeclaredTheMeshSince() {
        due("mesh1");
        begin("mesh1");
        end("renewal of mesh1", "Change stopped");
        begun.clear();
        Instant soon = Instant.now().plusSeconds(60);

        declaredBy("renewal of mesh1", soon);
        assertThat(schedule(true).renewNext(soon.plusSeconds(1)))
                .as("its own end declared that the mesh is uncertain")
                .isEmpty();

        declaredBy("a rotation", soon);
        assertThat(schedule(true).renewNext(soon.plusSeconds(1))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAskAnOperatorIfARenewalIsOverdue(boolean unattended) {
        due("mesh1", "mesh2");
        when(scan.tokensOverdue(argThat(mesh -> is("mesh1", mesh)), any())).thenReturn(true);
        when(leases.holders()).thenReturn(List.of(new Holder(new MeshId("mesh1"), "change7")));

        schedule(unattended).look();

        verify(watch).ask("mesh1");
        verify(watch, never()).ask("mesh2");
        assertThat(begun).isEqualTo(unattended ? List.of("mesh2") : List.of());
    }

    @Test
    void shouldGoOnWithOtherMeshesIfSomethingIsWrongWithOne() {
        due("mesh1", "mesh2", "mesh3", "mesh4");
        when(scan.tokensToRenew(argThat(mesh -> is("mesh1", mesh)), any()))
                .thenThrow(new IllegalStateException("no such secret"));
        when(scan.tokensOverdue(argThat(mesh -> is("mesh2", mesh)), any()))
                .thenThrow(new IllegalStateException("no answer"));
        when(scan.tokensOverdue(argThat(mesh -> is("mesh4", mesh)), any())).thenReturn(true);
        doThrow(new IllegalStateException("no definition"))
                .when(changes)
                .begin(anyString(), anyString(), argThat(mesh -> is("mesh2", mesh)), anyString(), any(), any());

        schedule(true).look();

        verify(watch).ask("mesh4");
        assertThat(begun).containsExactly("mesh3");
    }

    @Test
    void shouldBeginOnceIfTwoNodesLookAtTheSameMoment() throws InterruptedException {
        // given
        DataSource database = SharedPostgres.postgresql();
        due("mesh1");
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        when(scan.tokensToRenew(any(), any())).thenAnswer(call -> {
            looking.countDown();
            return enough.await(20, TimeUnit.SECONDS);
        });
        TokenRenewal second = schedule(true, database);

        // when
        CompletableFuture<Void> first = CompletableFuture.runAsync(schedule(true, database)::look);
        assertThat(looking.await(20, TimeUnit.SECONDS)).isTrue();
        second.look();

        // then
        assertThat(begun).as("the other node looks").isEmpty();

        // when the first one has begun it
        enough.countDown();
        first.join();
        second.look();

        // then
        assertThat(begun).containsExactly("mesh1");
    }

    private void due(String... ids) {
        for (String id : ids) {
            declared(id, "12h");
            when(scan.tokensToRenew(argThat(mesh -> is(id, mesh)), any())).thenReturn(true);
        }
    }

    /** Of an argument, which is null while Mockito learns. */
    private static boolean is(String id, Mesh mesh) {
        return Optional.ofNullable(mesh)
                .filter(each -> each.id().value().equals(id))
                .isPresent();
    }

    private void declared(String id, String tokens) {
        Mesh mesh = new Mesh(
                new MeshId(id),
                Topology.MULTI_PRIMARY,
                IstioVersion.parse("1.30.3"),
                List.of(Member.primary(new ClusterName("cluster1"), new NetworkName("network1"))));
        declared.put(
                id,
                version(
                        tokens.isEmpty() ? mesh : mesh.with(TokenExpiration.of(tokens)),
                        "an installation",
                        Instant.EPOCH));
    }

    private void declaredBy(String change, Instant at) {
        declared.computeIfPresent("mesh1", (id, before) -> version(before.mesh(), change, at));
    }

    private static DeclaredMesh version(Mesh mesh, String change, Instant at) {
        return new DeclaredMesh(
                1, at, DeclaredMesh.State.VERIFIED, mesh, null, List.of(), null, null, change, "install", null, "");
    }

    private String begin(String mesh) {
        String first = "renewal of " + mesh;
        String id = audit.changes.find(first).isPresent() ? first + " again" : first;
        ProcessInstance renewal = mock();
        when(renewal.getId()).thenReturn(id);
        when(renewal.getBusinessKey()).thenReturn(mesh);
        open.add(renewal);
        begun.add(mesh);
        audit.log.open(new ChangeRequested(
                id, mesh, "renew-remote-tokens", "Renewal due", null, "due", List.of("cluster1"), "{}"));
        return id;
    }

    private void end(String renewal, String outcome) {
        open.removeIf(each -> each.getId().equals(renewal));
        audit.end(renewal, renewal.replace("renewal of ", ""), outcome);
    }

    private TokenRenewal schedule(boolean unattended) {
        return schedule(unattended, audit.source);
    }

    private TokenRenewal schedule(boolean unattended, DataSource database) {
        DataSourceProperties settings = new DataSourceProperties();
        settings.setUrl(database == audit.source ? "jdbc:h2:mem:of-this-test" : "jdbc:postgresql://of-this-test/");
        return new TokenRenewal(
                meshes,
                scan,
                watch,
                new TokenRenewalProperties("-", ZoneOffset.UTC, 33, unattended),
                leases,
                runtime,
                tasks,
                changes,
                audit.changes,
                database,
                settings,
                periodic);
    }

    @AfterEach
    void end() {
        periodic.destroy();
    }
}

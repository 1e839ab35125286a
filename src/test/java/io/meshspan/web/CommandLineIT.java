package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.DemoUsers;
import io.meshspan.cli.MeshspanCommand;
import io.meshspan.declared.MeshDeclarations;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.verification.VerificationHistory;
import io.meshspan.verification.VerificationRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The command line on a running service: what it prints, and what it ends with. */
@WebApplicationTest
class CommandLineIT {

    private static final List<String> REQUEST = List.of("apply", "-p", "gated-change", "-r", "a pipeline");

    @LocalServerPort
    private int port;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private MeshDeclarations declarations;

    @Autowired
    private VerificationHistory history;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void endTheChanges() {
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(i -> runtime.deleteProcessInstance(i.getId(), "end of test"));
    }

    @Test
    void shouldLeadAChangeFromItsRequestToItsEvidence() throws IOException {
        assertThat(run("olivia", REQUEST)).isZero();
        String id = printed().strip();

        assertThat(run("olivia", "decide", id)).isEqualTo(5);
        assertThat(told()).contains("does not wait for a decision");
        assertThat(run("olivia", "approve", id, "--plan", "sha256:0123")).isEqualTo(4);
        assertThat(told()).contains("olivia");
        assertThat(run("carla", "approve", id)).isEqualTo(3);
        assertThat(told()).contains("planDigest: expected");
        assertThat(run("carla", "approve", id, "--plan", "sha256:4567")).isEqualTo(5);
        assertThat(run("carla", "status", id)).isZero();
        assertThat(printed()).containsPattern("state +WAITING_FOR_APPROVAL");
        assertThat(run("carla", "approve", id, "--plan", "sha256:0123")).isZero();

        told();
        assertThat(run("olivia", "status", id, "--wait", "--timeout", "1m")).isEqualTo(9);
        assertThat(told()).contains("waiting for decision", "continues after a person has decided");
        assertThat(run("andrea", "status", "--state", "WAITING_FOR_DECISION")).isZero();
        assertThat(printed()).containsPattern("CHANGE +MESH +PROCESS").contains(id);
        assertThat(run("andrea", "evidence", "get", id)).isZero();
        Path file = Files.writeString(folder.resolve("evidence.json"), printed());
        assertThat(run("nobody", "evidence", "verify", file.toString())).isZero();
        assertThat(printed()).startsWith("GENUINE");
        Files.writeString(file, Files.readString(file).replace(id, "another"));
        assertThat(run("nobody", "evidence", "verify", file.toString())).isNotZero();

        printed();
        assertThat(run("olivia", "decide", id)).isZero();
        assertThat(printed())
                .startsWith("Decide on failure")
                .containsPattern("decision +retry +Try again")
                .containsPattern("comment +a text");
        assertThat(run("olivia", "decide", id, "give up")).isEqualTo(3);
        assertThat(told()).contains("decision: expected", "give up");
        assertThat(run("andrea", "decide", id, "stop")).isEqualTo(4);
        assertThat(run("olivia", "decide", id, "stop", "-c", "enough")).isZero();
        assertThat(told()).contains("Decide on failure: stop");
        assertThat(run("olivia", "status", id, "--wait")).isEqualTo(7);
    }

    @Test
    void shouldWithdrawAChangeOfOnesOwn() {
        assertThat(run("olivia", REQUEST)).isZero();
        String id = printed().strip();
        assertThat(run("andrea", "status")).isZero();
        assertThat(printed()).contains(id);
        assertThat(run("andrea", "status", "--process", "verify-on-schedule")).isZero();
        assertThat(printed()).doesNotContain(id);

        assertThat(run("carla", "withdraw", id)).isEqualTo(4);
        assertThat(run("olivia", "withdraw", id, "-c", "the wrong mesh")).isZero();
        assertThat(run("olivia", "withdraw", id)).isEqualTo(5);
        assertThat(run("olivia", "status", id, "--wait")).isEqualTo(7);
        assertThat(told()).contains("Change withdrawn");
    }

    @Test
    void shouldShowTheLastVerificationOfAMesh() {
        declarations.takenOver(
                new Mesh(
                        new MeshId("told"),
                        Topology.MIXED,
                        IstioVersion.parse("1.30.3"),
                        List.of(Member.primary(new ClusterName("cluster1"), new NetworkName("network1")))),
                List.of("ab"),
                "olivia");
        assertThat(run("andrea", "status", "--mesh", "told")).isZero();
        assertThat(printed()).doesNotContain("LAST VERIFICATION");

        history.add(VerificationRun.without(
                "told",
                Instant.parse("2026-01-01T03:30:00Z"),
                VerificationRun.Result.FAILED,
                VerificationHistory.SCHEDULE,
                null,
                "cluster1 does not answer\nand more"));

        assertThat(run("andrea", "status", "--mesh", "told")).isZero();
        assertThat(printed())
                .containsPattern("LAST VERIFICATION +RESULT +CALLS")
                .containsPattern("2026-01-01T03:30:00Z +FAILED +0 +0 +cluster1 does not answer\n");
        assertThat(run("andrea", "status", "--mesh", "nosuch")).isZero();
    }

    @Test
    void shouldStartOnceAndSayHowAChangeEndedThatIsAwaited() {
        List<String> keyed = List.of("apply", "-p", "gated-change", "--idempotency-key", "cli", "-o", "json");
        assertThat(run("olivia", keyed)).isZero();
        String first = printed();
        assertThat(run("olivia", keyed)).isZero();
        assertThat(printed()).isEqualTo(first).contains("\"id\"");
        String id = first.replaceAll("(?s).*: \"|\".*", "");

        runtime.deleteProcessInstance(id, "end of test");

        assertThat(run("olivia", "status", id, "-w", "-o", "json")).isEqualTo(7);
        assertThat(printed()).contains("\"state\" : \"DELETED\"", "\"plans\" : [");
        assertThat(run("olivia", "apply", "-p", "gated-change", "-w", "--timeout", "0s"))
                .isEqualTo(8);
    }

    @Test
    void shouldSayWhatIsWrongByItsExitCode() {
        assertThat(run("olivia", "apply", "-p", "nosuch")).isEqualTo(5);
        assertThat(run("olivia", "apply", "-p", "gated-change", "--field", "planOnly=maybe"))
                .isEqualTo(3);
        assertThat(run("carla", REQUEST)).isEqualTo(4);
        assertThat(run("stranger", REQUEST)).isEqualTo(4);
        assertThat(run("olivia", "apply", "-f", folder.resolve("nosuch").toString()))
                .isEqualTo(2);
        assertThat(run("olivia", "frob")).isEqualTo(2);
        long running = runtime.createProcessInstanceQuery().count();
        for (String command : List.of("apply", "plan")) {
            assertThat(run("olivia", command, "-p", "gated-change", "--timeout", "soon"))
                    .isEqualTo(2);
        }
        assertThat(runtime.createProcessInstanceQuery().count())
                .as("refused before anything is requested")
                .isEqualTo(running);
        assertThat(run("olivia")).isEqualTo(2);
        assertThat(run(Map.of("MESHSPAN_USER", "olivia"), List.of("status"))).isEqualTo(2);
        Map<String, String> elsewhere = new HashMap<>(environment("olivia"));
        elsewhere.put("MESHSPAN_SERVER", "http://127.0.0.1:1");
        assertThat(run(elsewhere, List.of("status"))).isEqualTo(6);
        assertThat(told()).doesNotContain(DemoUsers.PASSWORD);
    }

    @Test
    void shouldTakeALoginFromAFileThatNobodyElseReads() throws IOException {
        Path file = Files.writeString(
                folder.resolve("config"),
                "server=http://127.0.0.1:%d\nuser=andrea\npassword=%s\n".formatted(port, DemoUsers.PASSWORD));
        Map<String, String> environment = Map.of("MESHSPAN_CONFIG", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(run(environment, List.of("status"))).isEqualTo(2);
        assertThat(told()).contains("others may read it", "chmod 600");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(run(environment, List.of("status"))).isZero();
    }

    private Map<String, String> environment(String user) {
        return Map.of(
                "MESHSPAN_SERVER",
                "http://127.0.0.1:" + port,
                "MESHSPAN_CONFIG",
                folder.resolve("none").toString(),
                "MESHSPAN_USER",
                user,
                "MESHSPAN_PASSWORD",
                DemoUsers.PASSWORD);
    }

    private int run(String user, String... arguments) {
        return run(user, List.of(arguments));
    }

    private int run(String user, List<String> arguments) {
        return run(environment(user), arguments);
    }

    private int run(Map<String, String> environment, List<String> arguments) {
        return MeshspanCommand.run(arguments, environment, new PrintWriter(out), new PrintWriter(err));
    }

    private String printed() {
        return taken(out);
    }

    private String told() {
        return taken(err);
    }

    private static String taken(StringWriter writer) {
        String text = writer.toString();
        writer.getBuffer().setLength(0);
        return text;
    }
}

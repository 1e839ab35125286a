package io.meshspan.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.service.Carried;
import io.meshspan.service.ServiceChanges;
import io.meshspan.service.ServiceNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/backup.md on PostgreSQL, word by word, while a change waits for its approval. */
@Tag("slow")
class BackupIT {

    private static final String REASON = "before the backup";
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldGoOnWithAChangeThatWaitedForItsApprovalAtTheBackup() throws Exception {
        assumeTrue(run("pg_dump --version", "none") == 0, "pg_dump and pg_restore are not on the PATH");
        try (KillSwitch kill = new KillSwitch();
                CrashGround crashGround = new CrashGround(kill, 2, false);
                Postgres postgres = Postgres.start()) {
            // given
            List<String> arguments = new ArrayList<>(crashGround.arguments(folder));
            arguments.addAll(postgres.arguments());
            ServiceNode before = kill.start("before", folder, arguments).ready();
            String change = before.changes().request("multi-primary-multi-network", REASON, crashGround.clusters());
            await().atMost(LIMIT).until(() -> state(before.changes(), change).equals("WAITING_FOR_APPROVAL"));

            // when
            assertThat(run(command("pg_dump"), postgres.address("postgres"))).isZero();
            before.kill();
            postgres.execute("create database restored");
            assertThat(run(command("pg_restore"), postgres.address("restored"))).isZero();
            arguments.set(
                    arguments.indexOf("--spring.datasource.url=" + postgres.url()),
                    "--spring.datasource.url=" + postgres.url().replace("/postgres", "/restored"));
            ServiceNode after = kill.start("after", folder, arguments).ready();

            // then
            assertThat(state(after.changes(), change)).isEqualTo("WAITING_FOR_APPROVAL");
            JsonNode ended = new Carried(
                            after::changes, "multi-primary-multi-network", REASON, crashGround.clusters(), LIMIT)
                    .toItsEnd();
            assertThat(ended.at("/change/id").asText()).isEqualTo(change);
            assertThat(ended.at("/change/state").asText()).isEqualTo("VERIFIED");
            assertThat(ended.path("problems")).isEmpty();
            after.kill();
        }
    }

    private static String state(ServiceChanges changes, String change) {
        return changes.view(change).at("/change/state").asText();
    }

    /** The line of the documentation, without what it says about itself. */
    private static String command(String tool) throws IOException {
        return Files.readAllLines(Path.of("docs/backup.md")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith(tool + " "))
                .findFirst()
                .orElseThrow();
    }

    private int run(String command, String database) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("shell.log").toFile()));
        shell.environment().put("DATABASE", database);
        Process process = shell.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}

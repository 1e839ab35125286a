package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the steps of the example pipelines as GitHub and GitLab run them: the scripts that stand in their YAML, in a checkout
 * that looks as its comment says, with their shells and their variables. The command line is a stand-in that notes what it was
 * asked, or the real one with a sandbox that {@code -Dmeshspan.examples.server} names.
 */
class PipelineExamplesTest {

    private static final Path EXAMPLES = Path.of("docs/examples").toAbsolutePath();
    private static final String SERVER = "meshspan.examples.server";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*([\\w.]+)\\s*}}");
    private static final String COMMIT = "0123456789012345678901234567890123456789";

    @TempDir
    private Path checkout;

    private final YAMLMapper yaml = new YAMLMapper();
    private Map<String, String> expressions = Map.of();
    private String answers = "";
    private String server = "";

    /** How a job ended, and what its steps printed. */
    private record Job(int code, String output) {}

    @BeforeEach
    void checkOut() throws IOException {
        Path bin = Files.createDirectories(checkout.resolve("bin"));
        for (String file : List.of("pipeline.sh", "meshspan")) {
            Files.copy(EXAMPLES.resolve(file), bin.resolve(file));
            executable(bin.resolve(file));
        }
        Files.copy(EXAMPLES.resolve("mesh.yaml"), checkout.resolve("mesh.yaml"));
        Path jar = Files.writeString(checkout.resolve("released.jar"), "a jar");
        Path tools = Files.createDirectories(checkout.resolve("tools"));
        script(tools.resolve("java"), "shift 5; echo \"$@\" >> \"$ASKED\"; echo as told; exit \"$ANSWERS\"");
        script(tools.resolve("gh"), "echo gh \"$@\" >> \"$ASKED\"");
        expressions = Map.of(
                "github.workspace",
                checkout.toString(),
                "github.ref",
                "refs/heads/main",
                "github.token",
                "of GitHub",
                "github.event.pull_request.number",
                "7",
                "secrets.MESHSPAN_PASSWORD",
                "sandbox-only",
                "vars.MESHSPAN_JAR_URL",
                jar.toUri().toString());
    }

    @ParameterizedTest
    @CsvSource({"0, true", "10, true", "3, false", "7, false"})
    void shouldPlanOnGitHub(String answer, boolean fine) throws Exception {
        answers = answer;

        Job job = github("plan");

        assertThat(job.code() == 0).as(job.output()).isEqualTo(fine);
        assertThat(asked())
                .containsExactly(
                        "cli plan -f mesh.yaml --detailed-exitcode",
                        "gh pr comment 7 --edit-last --create-if-none --body-file plan.md");
        assertThat(checkout.resolve("plan.md")).content().startsWith("as told");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "10, true", "3, false", "7, false"})
    void shouldPlanOnGitLab(String answer, boolean fine) throws Exception {
        answers = answer;

        Job job = gitlab("plan");

        assertThat(job.code() == 0).as(job.output()).isEqualTo(fine);
        assertThat(asked()).containsExactly("cli plan -f mesh.yaml --detailed-exitcode");
        assertThat(job.output()).contains("as told");
        assertThat(checkout.resolve("plan.md")).content().startsWith("as told");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "7, false", "8, false", "9, false"})
    void shouldApply(String answer, boolean fine) throws Exception {
        answers = answer;

        for (Job job : List.of(github("apply"), gitlab("apply"))) {
            assertThat(job.code() == 0).as(job.output()).isEqualTo(fine);
        }
        assertThat(asked()).containsExactly(applied(), applied());
    }

    /** Against a sandbox that runs: a plan, and a request that nobody approves in time. */
    @Test
    @EnabledIfSystemProperty(named = SERVER, matches = "http.*")
    void shouldPlanAndApplyWithTheRealCommandLine() throws Exception {
        server = System.getProperty(SERVER, "");
        script(
                checkout.resolve("tools/java"),
                "shift 5; exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' io.meshspan.MeshspanApplication \"$@\""
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin/java"),
                                System.getProperty("java.class.path")));

        Job github = github("plan");
        Job gitlab = gitlab("plan");
        Job requested = gitlab("apply");

        assertThat(List.of(github, gitlab)).allSatisfy(job -> {
            assertThat(job.code()).as(job.output()).isZero();
            assertThat(job.output()).contains("The plan above awaits the merge.");
        });
        assertThat(requested.code()).as(requested.output()).isEqualTo(8);
        assertThat(requested.output()).contains("waiting for approval", "still runs after 15s");
    }

    /** What GitHub and GitLab refuse, or silently leave out, before anything runs. */
    @Test
    void shouldBeMadeOfWhatTheServersKnow() throws IOException {
        JsonNode github = read("github/mesh.yaml");
        assertThat(github.fieldNames())
                .toIterable()
                .isSubsetOf("name", "on", "permissions", "concurrency", "env", "jobs", "defaults");
        github.path("jobs").forEach(job -> {
            assertThat(job.fieldNames())
                    .toIterable()
                    .isSubsetOf("if", "runs-on", "timeout-minutes", "steps", "env", "needs");
            job.path("steps").forEach(step -> {
                assertThat(step.has("run") ^ step.has("uses"))
                        .as(step.toString())
                        .isTrue();
                assertThat(step.fieldNames())
                        .toIterable()
                        .isSubsetOf("name", "if", "run", "uses", "with", "env", "shell");
            });
        });
        JsonNode gitlab = read("gitlab/.gitlab-ci.yml");
        List<String> stages = texts(gitlab.path("stages"));
        for (String name : List.of("plan", "apply")) {
            assertThat(stages).contains(gitlab.path(name).path("stage").asText());
            assertThat(gitlab.path(name).fieldNames())
                    .toIterable()
                    .isSubsetOf("stage", "rules", "script", "artifacts", "resource_group", "timeout");
        }
    }

    private static String applied() {
        return "cli apply -f mesh.yaml -r commit %s --idempotency-key %s --wait --timeout 4h".formatted(COMMIT, COMMIT);
    }

    /** Each step in a shell of its own; after a failure only those that run always. */
    private Job github(String name) throws IOException, InterruptedException {
        JsonNode workflow = read("github/mesh.yaml");
        StringBuilder output = new StringBuilder();
        int code = 0;
        for (JsonNode step : workflow.path("jobs").path(name).path("steps")) {
            if (step.has("uses") || (code != 0 && !step.path("if").asText().equals("always()"))) {
                continue;
            }
            Map<String, String> env = new HashMap<>(Map.of("GITHUB_SHA", COMMIT));
            Stream.of(workflow, step)
                    .flatMap(part -> part.path("env").properties().stream())
                    .forEach(variable -> env.put(
                            variable.getKey(), expanded(variable.getValue().asText())));
            // As the manual has it: bash -e, and with pipefail only where the step names the shell.
            List<String> shell = step.path("shell").asText().equals("bash")
                    ? List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
                    : List.of("bash", "-e", "-c");
            Job ended = run(shell, expanded(step.path("run").asText()), env);
            output.append(ended.output());
            code = code == 0 ? ended.code() : code;
        }
        return new Job(code, output.toString());
    }

    /** All lines in one shell that ends with the first that fails. */
    private Job gitlab(String name) throws IOException, InterruptedException {
        JsonNode file = read("gitlab/.gitlab-ci.yml");
        Map<String, String> env = new HashMap<>(Map.of(
                "CI_PROJECT_DIR",
                checkout.toString(),
                "CI_COMMIT_SHA",
                COMMIT,
                "MESHSPAN_JAR_URL",
                Objects.requireNonNull(expressions.get("vars.MESHSPAN_JAR_URL")),
                "MESHSPAN_PASSWORD_FILE",
                Files.writeString(checkout.resolve("password"), "sandbox-only").toString()));
        file.path("variables")
                .properties()
                .forEach(variable -> env.put(
                        variable.getKey(),
                        variable.getValue().asText().replace("$CI_PROJECT_DIR", checkout.toString())));
        List<String> lines = new ArrayList<>(texts(file.path("default").path("before_script")));
        lines.addAll(texts(file.path(name).path("script")));
        return run(List.of("bash", "-eo", "pipefail", "-c"), String.join("\n", lines), env);
    }

    private Job run(List<String> shell, String script, Map<String, String> env)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(shell);
        command.add(script);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("MESHSPAN_"));
        environment.putAll(env);
        if (!server.isEmpty()) {
            environment.put("MESHSPAN_SERVER", server);
            environment.put("MESHSPAN_USER", "olivia");
            environment.put("MESHSPAN_TIMEOUT", "15s");
        }
        environment.put("PATH", checkout.resolve("tools") + File.pathSeparator + System.getenv("PATH"));
        environment.put("ASKED", checkout.resolve("asked").toString());
        environment.put("ANSWERS", answers);
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        String printed = Files.readString(output().toPath());
        Files.delete(output().toPath());
        return new Job(process.exitValue(), printed);
    }

    private File output() {
        return checkout.resolve("output").toFile();
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(checkout.resolve("asked"));
    }

    private String expanded(String text) {
        Matcher found = EXPRESSION.matcher(text);
        return found.replaceAll(
                one -> Matcher.quoteReplacement(Objects.requireNonNull(expressions.get(one.group(1)), one.group())));
    }

    private JsonNode read(String file) throws IOException {
        return yaml.readTree(EXAMPLES.resolve(file).toFile());
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        executable(file);
    }

    private static void executable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}

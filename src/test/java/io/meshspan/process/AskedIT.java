package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.DemoUsers;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.evidence.EvidenceExport;
import io.meshspan.evidence.VerifyEvidence;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.plugin.variable.SpinValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.client.RestTemplateBuilder;

/** What was asked for is the same wherever somebody reads it, and comes from the record. */
class AskedIT {

    private static final String APPROVE = "Approve change";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldSayEverythingThatWasAskedForWhereverSomebodyReadsIt(@TempDir Path folder) throws Exception {
        // given
        ProcessFleet processFleet = TestApplication.take();

        // when
        PlayedChange playedChange = processFleet.request(
                "multi-primary-multi-network",
                Map.of(
                        "hub", "registry.example/istio",
                        "tag", "1.30.3-distroless",
                        "revision", "blue",
                        "ingressGateway", true,
                        "keepSample", true));
        Task task = playedChange.task(APPROVE);

        // then
        List<String> facts = List.of(
                "Process: Multi-primary, multi-network (multi-primary-multi-network)",
                "Mesh: " + processFleet.mesh(),
                "Topology: multi-primary on different networks: 2 primaries, 0 remotes, 2 networks",
                "Istio version: 1.30.3 (new in %s, %s)".formatted(processFleet.first(), processFleet.second()),
                "Image tag: 1.30.3-distroless, as asked for",
                "Image hub: registry.example/istio, as asked for",
                "Revision: blue",
                "Options: ingress gateway; HelloWorld stays after the verification",
                "Asked for by: olivia",
                "Because: a test",
                "Mesh file: none; requested with the fields of the form");
        JsonNode view = view(playedChange);
        assertThat(facts(view.path("asked"))).containsAll(facts).anyMatch(fact -> fact.startsWith("Asked on: 20"));
        assertThat(view.at("/asked/members").findValuesAsText("clusters"))
                .containsExactly(processFleet.first(), processFleet.second());
        assertThat(view.at("/asked/members").findValuesAsText("role")).containsOnly("primary");
        String form = playedChange.shown(APPROVE, "asked").replace("\\\\", "").replace("**", "");
        facts.forEach(fact -> assertThat(form).contains(fact.replaceFirst(": ", " | ")));
        assertThat(task.getName()).isEqualTo(APPROVE);
        byte[] file = evidence().json(summary(playedChange), "andrea");
        String exported = Files.write(folder.resolve("change.json"), file).toString();
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        assertThat(VerifyEvidence.run(List.of(exported), out)).isZero();
        JsonNode asked = JSON.readTree(file).path("asked");
        assertThat(asked.at("/mesh/images/tag").asText()).isEqualTo("1.30.3-distroless");
        assertThat(asked.at("/found/tag").asText()).isEqualTo("1.30.3-distroless");
        assertThat(asked.path("requester").asText()).isEqualTo("olivia");
        assertThat(asked.at("/options/keepSample").asBoolean()).isTrue();
        assertThat(evidence().html(summary(playedChange), "andrea"))
                .contains("What was asked for", "1.30.3-distroless, as asked for", "<td>network", "<td>primary</td>");
        playedChange.delete();
    }

    @Test
    void shouldSayFromWhichVersionToWhichAndShowTheMeshFile() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        PlayedChange first = processFleet.request();
        first.approve("carla");
        assertThat(first.end()).isEqualTo("EndEvent_MeshVerified");
        TestApplication.SANDBOX
                .client(processFleet.second())
                .apps()
                .deployments()
                .inNamespace("istio-system")
                .withName("istiod")
                .edit(istiod -> new DeploymentBuilder(istiod)
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withImage("registry.example/pilot:1.29.6")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        String file = "# why: ```not the end\nmeshId: %s\nistioVersion: 1.30.3\nclusters:\n- name: %s\n- name: %s\n"
                .formatted(processFleet.mesh(), processFleet.first(), processFleet.second());

        // when
        PlayedChange playedChange = PlayedChange.request(
                TestApplication.ENGINE,
                "olivia",
                "install-mesh",
                processFleet.mesh(),
                Map.of("meshFile", file, "reason", "| go | **on** [x](http://y)"));
        String form = playedChange.shown(APPROVE, "asked");

        // then
        JsonNode asked = view(playedChange).path("asked");
        assertThat(facts(asked))
                .contains(
                        "Istio version: 1.30.3 (1.30.3 runs in %s; 1.29.6 → 1.30.3 in %s)"
                                .formatted(processFleet.first(), processFleet.second()),
                        "Mesh file: 6 lines",
                        "Because: | go | **on** [x](http://y)");
        assertThat(asked.path("meshFile").asText()).isEqualTo(file);
        assertThat(form)
                .contains("````yaml\\n# why: ```not the end\\nmeshId: " + processFleet.mesh())
                .contains("\\\\| go \\\\| \\\\*\\\\*on\\\\*\\\\* \\\\[x\\\\](http\\\\://y)");
        playedChange.delete();
    }

    /** The form shows what is on record; whatever variable somebody managed to rewrite, a decision on it counts for nothing. */
    @Test
    void shouldNotLetAVariableSayWhatWasAskedFor() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        PlayedChange playedChange = processFleet.request();
        Task task = playedChange.task(APPROVE);
        String asked = playedChange.shown(APPROVE, "asked");

        // when
        Map<String, Object> other = new HashMap<>(Map.of("reason", "nothing much", "requester", "carla"));
        TestApplication.ENGINE.getRuntimeService().setVariables(playedChange.id(), other);
        TestApplication.ENGINE
                .getTaskService()
                .setVariableLocal(
                        task.getId(),
                        "asked",
                        SpinValues.jsonValue(asked.replace("1.30.3", "1.28.0")).create());

        // then
        assertThatThrownBy(() -> playedChange.approve("carla"))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageContaining("does not show the recorded request");
        assertThat(facts(view(playedChange).path("asked"))).contains("Because: a test", "Asked for by: olivia");
        playedChange.delete();
    }

    private static List<String> facts(JsonNode asked) {
        return asked.path("facts")
                .valueStream()
                .map(fact ->
                        fact.path("name").asText() + ": " + fact.path("value").asText())
                .toList();
    }

    private static EvidenceExport evidence() {
        return TestApplication.CONTEXT.getBean(EvidenceExport.class);
    }

    private static ChangeSummary summary(PlayedChange playedChange) {
        return TestApplication.CONTEXT
                .getBean(Changes.class)
                .find(playedChange.id())
                .orElseThrow();
    }

    private static JsonNode view(PlayedChange playedChange) {
        ProcessEngines.registerProcessEngine(TestApplication.ENGINE);
        String port = TestApplication.CONTEXT.getEnvironment().getRequiredProperty("local.server.port");
        RestTemplateBuilder here = new RestTemplateBuilder().rootUri("http://127.0.0.1:" + port);
        return new TestRestTemplate(here, "andrea", DemoUsers.PASSWORD)
                .getForEntity("/api/changes/" + playedChange.id(), JsonNode.class)
                .getBody();
    }
}

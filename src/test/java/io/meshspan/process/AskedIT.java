package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.DemoUsers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
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
        Fleet fleet = Application.take();

        // when
        Change change = fleet.request(
                "multi-primary-multi-network",
                Map.of(
                        "hub", "registry.example/istio",
                        "tag", "1.30.3-distroless",
                        "revision", "blue",
                        "ingressGateway", true,
                        "keepSample", true));
        Task task = change.task(APPROVE);

        // then
        List<String> facts = List.of(
                "Process: Multi-primary, multi-network (multi-primary-multi-network)",
                "Mesh: " + fleet.mesh(),
                "Topology: multi-primary on different networks: 2 primaries, 0 remotes, 2 networks",
                "Istio version: 1.30.3 (new in %s, %s)".formatted(fleet.first(), fleet.second()),
                "Image tag: 1.30.3-distroless, as asked for",
                "Image hub: registry.example/istio, as asked for",
                "Revision: blue",
                "Options: ingress gateway; HelloWorld stays after the verification",
                "Asked for by: olivia",
                "Because: a test",
                "Mesh file: none; asked for by the fields of the form");
        JsonNode view = view(change);
        assertThat(facts(view.path("asked"))).containsAll(facts).anyMatch(fact -> fact.startsWith("Asked on: 20"));
        assertThat(view.at("/asked/members").findValuesAsText("clusters"))
                .containsExactly(fleet.first(), fleet.second());
        assertThat(view.at("/asked/members").findValuesAsText("role")).containsOnly("primary");
        String form = change.shown(APPROVE, "asked").replace("\\\\", "").replace("**", "");
        facts.forEach(fact -> assertThat(form).contains(fact.replaceFirst(": ", " | ")));
        assertThat(task.getName()).isEqualTo(APPROVE);
        byte[] file = evidence().json(summary(change), "andrea");
        String exported = Files.write(folder.resolve("change.json"), file).toString();
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        assertThat(VerifyEvidence.run(List.of(exported), out)).isZero();
        JsonNode asked = JSON.readTree(file).path("asked");
        assertThat(asked.at("/mesh/images/tag").asText()).isEqualTo("1.30.3-distroless");
        assertThat(asked.at("/found/tag").asText()).isEqualTo("1.30.3-distroless");
        assertThat(asked.path("requester").asText()).isEqualTo("olivia");
        assertThat(asked.at("/options/keepSample").asBoolean()).isTrue();
        assertThat(evidence().html(summary(change), "andrea"))
                .contains("What was asked for", "1.30.3-distroless, as asked for", "<td>network", "<td>primary</td>");
        change.delete();
    }

    @Test
    void shouldSayFromWhichVersionToWhichAndShowTheMeshFile() {
        // given
        Fleet fleet = Application.take();
        Change first = fleet.request();
        first.approve("carla");
        assertThat(first.end()).isEqualTo("EndEvent_MeshVerified");
        Application.SANDBOX
                .client(fleet.second())
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
                .formatted(fleet.mesh(), fleet.first(), fleet.second());

        // when
        Change change = Change.request(
                Application.ENGINE,
                "olivia",
                "install-mesh",
                fleet.mesh(),
                Map.of("meshFile", file, "reason", "| go | **on** [x](http://y)"));
        String form = change.shown(APPROVE, "asked");

        // then
        JsonNode asked = view(change).path("asked");
        assertThat(facts(asked))
                .contains(
                        "Istio version: 1.30.3 (1.30.3 runs in %s; 1.29.6 → 1.30.3 in %s)"
                                .formatted(fleet.first(), fleet.second()),
                        "Mesh file: 6 lines",
                        "Because: | go | **on** [x](http://y)");
        assertThat(asked.path("meshFile").asText()).isEqualTo(file);
        assertThat(form)
                .contains("````yaml\\n# why: ```not the end\\nmeshId: " + fleet.mesh())
                .contains("\\\\| go \\\\| \\\\*\\\\*on\\\\*\\\\* \\\\[x\\\\](http\\\\://y)");
        change.delete();
    }

    /** The form shows what is on record; whatever variable somebody managed to rewrite, a decision on it counts for nothing. */
    @Test
    void shouldNotLetAVariableSayWhatWasAskedFor() {
        // given
        Fleet fleet = Application.take();
        Change change = fleet.request();
        Task task = change.task(APPROVE);
        String asked = change.shown(APPROVE, "asked");

        // when
        Map<String, Object> other = new HashMap<>(Map.of("reason", "nothing much", "requester", "carla"));
        Application.ENGINE.getRuntimeService().setVariables(change.id(), other);
        Application.ENGINE
                .getTaskService()
                .setVariableLocal(
                        task.getId(),
                        "asked",
                        SpinValues.jsonValue(asked.replace("1.30.3", "1.28.0")).create());

        // then
        assertThatThrownBy(() -> change.approve("carla"))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageContaining("does not show what was asked for");
        assertThat(facts(view(change).path("asked"))).contains("Because: a test", "Asked for by: olivia");
        change.delete();
    }

    private static List<String> facts(JsonNode asked) {
        return asked.path("facts")
                .valueStream()
                .map(fact ->
                        fact.path("name").asText() + ": " + fact.path("value").asText())
                .toList();
    }

    private static EvidenceExport evidence() {
        return Application.CONTEXT.getBean(EvidenceExport.class);
    }

    private static ChangeSummary summary(Change change) {
        return Application.CONTEXT.getBean(Changes.class).find(change.id()).orElseThrow();
    }

    private static JsonNode view(Change change) {
        ProcessEngines.registerProcessEngine(Application.ENGINE);
        String port = Application.CONTEXT.getEnvironment().getRequiredProperty("local.server.port");
        RestTemplateBuilder here = new RestTemplateBuilder().rootUri("http://127.0.0.1:" + port);
        return new TestRestTemplate(here, "andrea", DemoUsers.PASSWORD)
                .getForEntity("/api/changes/" + change.id(), JsonNode.class)
                .getBody();
    }
}

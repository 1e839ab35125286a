package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.DemoUsers;
import io.meshspan.MeshspanApplication;
import io.meshspan.approval.Person;
import io.meshspan.declared.MeshDeclarations;
import io.meshspan.inventory.Inventory;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.DeclaredGateway;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.ActiveProfiles;

/** Declared meshes for pipelines and for the pages; nothing moves beyond the start of a change. */
@ActiveProfiles("demo")
@Import(FiftyClusters.class)
@SpringBootTest(
        classes = MeshspanApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:meshes-api", "camunda.bpm.job-execution.enabled=false"})
class MeshesApiIT {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private MeshDeclarations declarations;

    @Autowired
    private StartForms forms;

    @Autowired
    private StartFormController startForms;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private Inventory inventory;

    @Test
    void shouldShowWhatIsDeclaredAndStartFromIt() throws IOException {
        // given
        Mesh mesh = new Mesh(
                new MeshId("mesh9"),
                Topology.MIXED,
                IstioVersion.parse("1.30.3"),
                List.of(member("cluster1"), member("cluster2"), member("cluster3")));
        declarations.takenOver(mesh, List.of("ab"), "olivia");
        declarations.takenOver(mesh, List.of("ab"), "olivia");

        // then
        OpenApi api = new OpenApi();
        JsonNode all = get("andrea", "/api/meshes");
        JsonNode one = get("andrea", "/api/meshes/mesh9");
        assertThat(all).isNotEmpty();
        assertThat(api.violations("#/components/schemas/DeclaredMesh", all.get(0)))
                .isEmpty();
        assertThat(api.violations("#/components/schemas/DeclaredMeshWithHistory", one))
                .isEmpty();
        assertThat(one.path("history")).hasSize(2);
        assertThat(one.path("mesh").path("meshFile").asText()).contains("meshId: mesh9", "- name: cluster1");
        assertThat(http.withBasicAuth("andrea", DemoUsers.PASSWORD)
                        .getForEntity("/api/meshes/none", JsonNode.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);

        // and a change that names it and no more has the rest
        ResponseEntity<JsonNode> started = post(
                "olivia",
                "/api/changes",
                Map.of(
                        "process",
                        "take-out-cluster",
                        "mesh",
                        "mesh9",
                        "takeOut",
                        List.of("cluster3"),
                        "reason",
                        "test"));
        assertThat(started.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        JsonNode asked =
                get("olivia", "/api/changes/" + started.getBody().path("id").asText());
        assertThat(asked.path("asked").path("members").toString()).contains("cluster1", "leaves");

        // and the start forms offer it
        JsonNode form = forms.filledIn("remove-mesh.form", new Person("olivia", List.of("operators")));
        assertThat(form.path("components").toString()).contains("\"value\":\"mesh9\"", "As declared in version 2");
    }

    /** Whoever starts from what is declared loses none of it: by name, by the mesh file, by the values as a start. */
    @Test
    void shouldKeepValuesAndGatewaysOfWhatIsDeclared() throws IOException {
        // given
        HelmValues shared = HelmValues.read("istiod:\n  autoscaleMin: 2\n");
        HelmValues own = HelmValues.read("istiod:\n  nodeSelector:\n    pool: mesh\n");
        Mesh mesh = new Mesh(
                        new MeshId("tuned"),
                        Topology.MIXED,
                        IstioVersion.parse("1.30.3"),
                        List.of(
                                member("cluster1").with(own, new DeclaredGateway("gw1.example.org", 31443)),
                                member("cluster2"),
                                member("cluster3")))
                .with(shared, "istio-gateways");
        declarations.takenOver(mesh, List.of("ab"), "olivia");

        // then
        JsonNode one = get("andrea", "/api/meshes/tuned").path("mesh");
        assertThat(new OpenApi().violations("#/components/schemas/DeclaredMesh", one))
                .isEmpty();
        assertThat(one.path("values").asText()).contains("autoscaleMin: 2", "pool: mesh");
        assertThat(one.path("gatewayNamespace").asText()).isEqualTo("istio-gateways");
        assertThat(one.path("meshFile").asText())
                .contains("autoscaleMin: 2", "pool: mesh", "namespace: istio-gateways", "gw1.example.org", "31443");
        assertThat(startForms.values(List.of("cluster1", "cluster2")).getBody())
                .contains("declared mesh tuned, version 1", "autoscaleMin: 2", "- name: cluster1", "pool: mesh");

        // and a change that names the mesh and no more has them in its plan's request
        JsonNode started = post(
                        "olivia", "/api/changes", Map.of("process", "verify-mesh", "mesh", "tuned", "reason", "test"))
                .getBody();
        JsonNode asked =
                get("olivia", "/api/changes/" + started.path("id").asText()).path("asked");
        assertThat(asked.toString())
                .contains("of the mesh: istiod; of cluster1: istiod", "in namespace istio-gateways", "gw1.example.org");
    }

    @Test
    void shouldRefuseATakeOverThatMakesNoSenseOrThatTheRoleDoesNotInclude() {
        assertThat(post("olivia", "/api/meshes", Map.of()).getBody().toString())
                .contains("clusters: expected the clusters");
        assertThat(post("olivia", "/api/meshes", Map.of("clusters", List.of("nowhere")))
                        .getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(post("olivia", "/api/meshes", Map.of("clusters", List.of("cluster1", "cluster1")))
                        .getBody()
                        .toString())
                .contains("clusters: expected each cluster once");
        assertThat(post("andrea", "/api/meshes", Map.of("clusters", List.of("cluster1")))
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    private Member member(String name) {
        NetworkName network = Objects.requireNonNull(inventory.networks().get(new ClusterName(name)));
        return Member.primary(new ClusterName(name), network);
    }

    private JsonNode get(String user, String path) throws IOException {
        return json.readTree(http.withBasicAuth(user, DemoUsers.PASSWORD).getForObject(path, String.class));
    }

    private ResponseEntity<JsonNode> post(String user, String path, Map<String, Object> body) {
        return http.withBasicAuth(user, DemoUsers.PASSWORD).postForEntity(path, body, JsonNode.class);
    }
}

package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.approval.ChangeGates;
import io.meshspan.approval.Person;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMesh.State;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.inventory.LeftOutCluster;
import io.meshspan.manifest.OfferedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What people read in the start form of names that had to be changed, and of versions that nobody could ask for. */
class StartFormsTest {

    private final Inventory inventory = mock(Inventory.class);
    private final OfferedReleases offered = mock(OfferedReleases.class);
    private final DeclaredMeshes meshes = mock(DeclaredMeshes.class);
    private final StartForms forms =
            new StartForms(new ObjectMapper(), inventory, offered, mock(ChangeGates.class), meshes);

    StartFormsTest() {
        when(offered.newestFirst()).thenReturn(List.of(new IstioVersion(1, 30, 3)));
        when(offered.fallback()).thenReturn(Optional.empty());
        when(inventory.clusters())
                .thenReturn(List.of(new KnownCluster(
                        new ClusterName("prod-eu-1"),
                        new IstioClusterName("prod-eu-1"),
                        new NetworkName("eu"),
                        "fleet",
                        mock(),
                        Optional.empty(),
                        Optional.of("prod_EU.1"))));
    }

    @Test
    void shouldShowTheNameThatIsGivenElsewhere() throws IOException {
        JsonNode clusters = component("key", "clusters").orElseThrow();

        assertThat(clusters.path("values").path(0).path("label").asText())
                .isEqualTo("prod-eu-1 (eu), given as prod_EU.1");
        assertThat(clusters.path("values").path(0).path("value").asText()).isEqualTo("prod-eu-1");
        assertThat(component("id", "Text_LeftOut")).isEmpty();
    }

    @Test
    void shouldTellWhichClustersAreNotThereAndWhy() throws IOException {
        when(inventory.leftOut()).thenReturn(List.of(new LeftOutCluster("___", "Secret argocd/x", "no letter in it")));

        assertThat(component("id", "Text_LeftOut").orElseThrow().path("text").asText())
                .isEqualTo("Not in the inventory: ___ in Secret argocd/x: no letter in it.");
    }

    @Test
    void shouldTellThatTheVersionsAreAFallbackAndWhy() throws IOException {
        when(offered.fallback()).thenReturn(Optional.of("charts.example.org does not say which versions it has"));

        assertThat(component("key", "istioVersion")
                        .orElseThrow()
                        .path("description")
                        .asText())
                .startsWith("The same in every cluster. These were new when Meshspan was released")
                .contains("charts.example.org does not say", "meshspan.istio.versions");
    }

    @Test
    void shouldSayWhichClustersAreMembersAlreadyWhereSomeJoin() throws IOException {
        when(inventory.leftOut()).thenReturn(List.of(new LeftOutCluster("___", "Secret argocd/x", "no letter in it")));
        when(meshes.names()).thenReturn(List.of("mesh1"));
        when(meshes.find("mesh1"))
                .thenReturn(Optional.of(new DeclaredMesh(
                        1,
                        Instant.EPOCH,
                        State.VERIFIED,
                        new Mesh(
                                new MeshId("mesh1"),
                                Topology.AS_IT_IS,
                                new IstioVersion(1, 30, 3),
                                List.of(Member.primary(new ClusterName("prod-eu-1"), new NetworkName("eu")))),
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        "install",
                        "olivia",
                        "")));

        assertThat(component("add-cluster.form", "key", "join")
                        .orElseThrow()
                        .at("/values/0/label")
                        .asText())
                .isEqualTo("prod-eu-1 (eu), given as prod_EU.1, in mesh1");
        assertThat(component("add-cluster.form", "id", "Text_LeftOut")).isPresent();
    }

    private Optional<JsonNode> component(String field, String value) throws IOException {
        return component("multi-primary.form", field, value);
    }

    private Optional<JsonNode> component(String name, String field, String value) throws IOException {
        JsonNode form = forms.filledIn(name, new Person("olivia", List.of("operators")));
        return StreamSupport.stream(form.path("components").spliterator(), false)
                .filter(component -> component.path(field).asText().equals(value))
                .findFirst();
    }
}

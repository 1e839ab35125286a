package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.approval.ChangeGates;
import io.meshspan.approval.Person;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.inventory.LeftOutCluster;
import io.meshspan.manifest.OfferedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.NetworkName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What people read in the start form of names that had to be changed, and of versions that nobody could ask for. */
class StartFormsTest {

    private final Inventory inventory = mock(Inventory.class);
    private final OfferedReleases offered = mock(OfferedReleases.class);
    private final StartForms forms =
            new StartForms(new ObjectMapper(), inventory, offered, mock(ChangeGates.class), mock(DeclaredMeshes.class));

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

    private Optional<JsonNode> component(String field, String value) throws IOException {
        JsonNode form = forms.filledIn("multi-primary.form", new Person("olivia", List.of("operators")));
        return StreamSupport.stream(form.path("components").spliterator(), false)
                .filter(component -> component.path(field).asText().equals(value))
                .findFirst();
    }
}

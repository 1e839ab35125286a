package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;

/** The start form knows the clusters, and shows them only to whoever is logged in to Tasklist. */
@WebApplicationTest
class StartFormIT {

    private static final String FORM = "/start-forms/multi-primary-multi-network.form";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private StartForms forms;

    @Test
    void shouldFillInTheInventorysClustersAndTheOfferedVersions() throws IOException {
        JsonNode schema = forms.filledIn("multi-primary-multi-network.form");

        assertThat(options(schema, "clusters", "label")).containsExactly("cluster1 (network1)", "cluster2 (network2)");
        assertThat(options(schema, "clusters", "value")).containsExactly("cluster1", "cluster2");
        assertThat(options(schema, "istioVersion", "value")).containsExactly("1.30.3", "1.28.10");
        assertThat(field(schema, "istioVersion").path("defaultValue").asText()).isEqualTo("1.30.3");
    }

    @Test
    void shouldShowTheClustersToNobodyWithoutASession() {
        assertThat(http.getForEntity(FORM, String.class).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.withBasicAuth("olivia", "olivia")
                        .getForEntity(FORM, String.class)
                        .getBody())
                .isNull();
    }

    private static List<String> options(JsonNode schema, String key, String part) {
        return field(schema, key).path("values").findValuesAsText(part);
    }

    private static JsonNode field(JsonNode schema, String key) {
        for (JsonNode component : schema.path("components")) {
            if (component.path("key").asText().equals(key)) {
                return component;
            }
        }
        throw new AssertionError("no field " + key);
    }
}

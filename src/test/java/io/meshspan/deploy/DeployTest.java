package io.meshspan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code deploy/} sets is what the service reads, and the pods may do no more than they need. */
class DeployTest {

    /** Read by Spring Boot before there is any configuration, and so not in its metadata. */
    private static final String WHERE_THE_CONFIGURATION_IS = "SPRING_CONFIG_ADDITIONAL_LOCATION";

    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void shouldSetNoVariableThatNobodyReads() throws IOException {
        List<String> set = names(container().path("env"));
        YAML.readTree(Path.of("deploy/compose.yaml").toFile())
                .at("/services/meshspan/environment")
                .fieldNames()
                .forEachRemaining(set::add);
        set.removeIf(WHERE_THE_CONFIGURATION_IS::equals);

        assertThat(set).hasSizeGreaterThan(12);
        assertThat(ConfigurationKeys.asEnvironmentVariables()).containsAll(set);
    }

    @Test
    void shouldGiveThePodsNoMoreThanTheyNeed() throws IOException {
        JsonNode pod = pod();

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(container().at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container().at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container().at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container().at("/" + probe + "/httpGet/path").asText()).startsWith("/actuator/health/");
        }
    }

    @Test
    void shouldMountEveryVolumeThatItNames() throws IOException {
        assertThat(container().path("volumeMounts").findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(names(pod().path("volumes")));
    }

    /** Spring Boot writes the time of the build's zone into the jar: without this the same sources give another jar elsewhere. */
    @Test
    void shouldBuildTheJarInUtc() throws IOException {
        assertThat(Files.readAllLines(Path.of(".mvn", "jvm.config"))).contains("-Duser.timezone=UTC");
        assertThat(Files.readString(Path.of("pom.xml"))).containsPattern("<project.build.outputTimestamp>[0-9TZ:-]+<");
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(entry -> names.add(entry.path("name").asText()));
        return names;
    }

    private static JsonNode container() throws IOException {
        return pod().at("/containers/0");
    }

    private static JsonNode pod() throws IOException {
        return HelmChartTest.objects(Files.readString(HelmChartTest.MANIFESTS)).stream()
                .filter(object -> object.path("kind").asText().equals("StatefulSet"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec");
    }
}

package io.meshspan.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.meshspan.DocumentedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart renders to objects that an API server takes, and the plain manifests are what it renders to. */
class HelmChartTest {

    static final Path MANIFESTS = Path.of("deploy", "kubernetes", "meshspan.yaml");

    private static final Path CHART = Path.of("deploy", "helm", "meshspan");
    private static final Path FULL = CHART.resolve("ci").resolve("full.yaml");
    private static final Path PLAIN = CHART.resolve("ci").resolve("plain.yaml");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final Map<String, Class<?>> TYPES = Map.of(
            "ConfigMap", ConfigMap.class,
            "HTTPRoute", HTTPRoute.class,
            "Ingress", Ingress.class,
            "NetworkPolicy", NetworkPolicy.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "Service", Service.class,
            "ServiceAccount", ServiceAccount.class,
            "StatefulSet", StatefulSet.class);

    /** A field that the kind does not have is an error here, not one more property. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldPassLint() {
        LintResult result = new Helm(CHART).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void shouldRenderKindsWithTheirOwnFieldsOnly() throws IOException {
        Set<String> kinds = new TreeSet<>();
        for (JsonNode object : objects(render(FULL))) {
            String kind = object.path("kind").asText();
            kinds.add(kind);
            Class<?> type = TYPES.get(kind);
            if (type != null) {
                STRICT.treeToValue(object, type);
            }
        }

        assertThat(kinds).containsAll(TYPES.keySet()).contains("ServiceMonitor").hasSize(TYPES.size() + 1);
    }

    @Test
    void shouldNameEachObjectAndVariableOnce() throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode object : objects(render(FULL))) {
            names.add(object.path("kind").asText() + " "
                    + object.at("/metadata/name").asText());
            List<String> variables = new ArrayList<>();
            object.at("/spec/template/spec/containers/0/env")
                    .forEach(entry -> variables.add(entry.path("name").asText()));
            assertThat(variables).doesNotHaveDuplicates();
        }
        assertThat(names).doesNotHaveDuplicates();
    }

    /** {@code -Dmeshspan.manifests.write=true} writes them anew. */
    @Test
    void shouldHaveThePlainManifestsRendered() throws IOException {
        String rendered = "# Rendered from deploy/helm/meshspan with its ci/plain.yaml; a test compares.\n"
                + render(PLAIN).replaceAll("(?m)^# Source: .*\n", "").strip() + "\n";
        if (Boolean.getBoolean("meshspan.manifests.write")) {
            Files.writeString(MANIFESTS, rendered);
        }

        assertThat(Files.readString(MANIFESTS)).isEqualTo(rendered);
    }

    /** Meshspan may run in a cluster of a mesh: neither file may take, or delete, what the other one made. */
    @Test
    void shouldMakeNothingThatTheRightsMake() throws IOException {
        Set<String> made = new TreeSet<>();
        for (String file : List.of("meshspan.yaml", "fleet.yaml", "events.yaml", "cert-manager.yaml")) {
            objects(Files.readString(Path.of("deploy", "rights", file))).forEach(object -> made.add(name(object)));
        }
        Set<String> ours = new TreeSet<>();
        objects(render(FULL)).forEach(object -> ours.add(name(object)));
        objects(Files.readString(MANIFESTS.resolveSibling("0-namespace.yaml")))
                .forEach(object -> ours.add(name(object)));

        assertThat(made).contains("ServiceAccount meshspan-access/meshspan", "Namespace /meshspan-access");
        assertThat(ours).contains("ServiceAccount meshspan/meshspan").doesNotContainAnyElementsOf(made);
    }

    private static String name(JsonNode object) {
        return "%s %s/%s"
                .formatted(
                        object.path("kind").asText(),
                        object.at("/metadata/namespace").asText(),
                        object.at("/metadata/name").asText());
    }

    @Test
    void shouldRefuseValuesThatTheChartDoesNotHave() throws IOException {
        assertThatThrownBy(() -> render(values("replicas: 3\n"))).hasMessageContaining("replicas");
        assertThatThrownBy(() -> render(values("database: {url: \"jdbc:h2:mem:x\"}\n")))
                .hasMessageContaining("database");
        assertThatThrownBy(() -> render(values("httpRoute: {enabled: true}\n"))).hasMessageContaining("parentRefs");
        assertThatThrownBy(() -> render(values("kubeconfigs: {existingSecrets: []}\n")))
                .hasMessageContaining("existingSecrets");
        assertThatThrownBy(() -> render(values("image: {tag: \"1@sha256:aa\"}\n")))
                .hasMessageContaining("/image/tag");
        assertThatThrownBy(() -> render(values("resources: {request: {cpu: 1}}\n")))
                .hasMessageContaining("request");
        assertThatThrownBy(() -> render(values("podSecurityContext: {runAsUsr: 1}\n")))
                .hasMessageContaining("runAsUsr");
        assertThatThrownBy(() -> render(values("imagePullSecrets: [registry]\n")))
                .hasMessageContaining("/imagePullSecrets/0");
        assertThatThrownBy(() -> render(values("ingress: {host: \"https://x\"}\n")))
                .hasMessageContaining("/ingress/host");
    }

    @Test
    void shouldRefuseASecretInTheConfigMapAndNotRepeatIt() {
        for (String config : List.of(
                "meshspan: {admin: {password: hunter2}}",
                "meshspan.trust.keystore-password: hunter2",
                "meshspan: {users: [{id: olivia, password: hunter2}]}",
                "meshspan: {login: {providers: {corp: {client-secret: hunter2}}}}")) {
            assertThatThrownBy(() -> render(values("config: {" + config + "}\n")))
                    .hasMessageContaining("would be in a ConfigMap")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void shouldRenderTheValuesThatPagesShow() throws IOException {
        Set<String> keys = new TreeSet<>();
        YAML.readTree(CHART.resolve("values.yaml").toFile()).fieldNames().forEachRemaining(keys::add);
        List<DocumentedYaml> shown = DocumentedYaml.whereAllKeys(keys::contains);

        assertThat(shown).hasSizeGreaterThanOrEqualTo(4);
        for (DocumentedYaml block : shown) {
            assertThat(objects(render(values(block.text()))))
                    .as(block.toString())
                    .isNotEmpty();
        }
    }

    /** Behind an ingress, its word counts and links lead to it, unless the settings say otherwise. */
    @Test
    void shouldKnowTheAddressThatTheIngressHas() throws IOException {
        String ingress = "ingress: {enabled: true, host: mesh.example.org}\n";

        assertThat(settings(ingress).path("meshspan.notifications.base-url").asText())
                .isEqualTo("https://mesh.example.org");
        assertThat(settings(ingress).path("server.forward-headers-strategy").asText())
                .isEqualTo("native");
        JsonNode own = settings(ingress + "config: {server: {forward-headers-strategy: framework}}\n");
        assertThat(own.has("server.forward-headers-strategy")).isFalse();
        assertThat(own.at("/server/forward-headers-strategy").asText()).isEqualTo("framework");
        assertThat(settings("config:\n").fieldNames().hasNext()).isFalse();
    }

    private JsonNode settings(String values) throws IOException {
        return YAML.readTree(objects(render(values(values))).stream()
                .map(object -> object.at("/data/application.yaml").asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow());
    }

    @Test
    void shouldStartThePodsAnewWhenTheirSettingsChange() throws IOException {
        assertThat(checksum("config: {meshspan: {renderer: helm}}\n"))
                .isNotEqualTo(checksum("config: {meshspan: {renderer: istioctl}}\n"));
    }

    private String checksum(String values) throws IOException {
        return objects(render(values(values))).stream()
                .map(object -> object.at("/spec/template/metadata/annotations/checksum~1config")
                        .asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private Path values(String text) throws IOException {
        return Files.writeString(folder.resolve("values.yaml"), text);
    }

    private static String render(Path values) {
        return String.valueOf(Helm.template(CHART.toString())
                .withName("meshspan")
                .withNamespace("meshspan")
                .withKubeVersion("1.33.0")
                .withValuesFile(values)
                .call());
    }

    static List<JsonNode> objects(String manifests) throws IOException {
        try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(manifests)) {
            return all.readAll().stream().filter(JsonNode::isObject).toList();
        }
    }
}

package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.junit.jupiter.api.Test;

class ManifestYamlTest {

    @Test
    void shouldPutWhatIsReferredToFirstAndWebhooksLast() {
        assertThat(ManifestYaml.parse("""
                kind: ValidatingWebhookConfiguration
                metadata: {name: a}
                ---
                kind: Deployment
                metadata: {name: b}
                ---
                kind: Unheard
                metadata: {name: c}
                ---
                kind: ServiceAccount
                metadata: {name: d}
                ---
                kind: CustomResourceDefinition
                metadata: {name: e}
                ---
                kind: Namespace
                metadata: {name: f}
                ---
                kind: ServiceAccount
                metadata: {name: b}
                """))
                .extracting(HasMetadata::getKind, o -> o.getMetadata().getName())
                .containsExactly(
                        tuple("Namespace", "f"),
                        tuple("CustomResourceDefinition", "e"),
                        tuple("ServiceAccount", "d"),
                        tuple("ServiceAccount", "b"),
                        tuple("Deployment", "b"),
                        tuple("ValidatingWebhookConfiguration", "a"),
                        tuple("Unheard", "c"));
    }

    /** Values take away with null what a weaker layer gave; a chart writes the null as it is. */
    @Test
    void shouldTakeANullForNoText() {
        assertThat(ManifestYaml.parse("""
                kind: Deployment
                metadata: {name: a, annotations: {a: null, b: c}, labels: {x: null}}
                spec: {template: {metadata: {annotations: {d: null, e: f}}, spec: {nodeSelector: {pool: null}}}}
                """)).singleElement().satisfies(object -> {
            assertThat(object.getMetadata().getAnnotations()).containsOnlyKeys("b");
            assertThat(object.getMetadata().getLabels()).isNullOrEmpty();
            assertThat(object.getAdditionalProperties())
                    .hasToString("{spec={template={metadata={annotations={e=f}}, spec={nodeSelector={}}}}}");
        });
    }

    @Test
    void shouldLeaveOutWhatIsEmpty() {
        assertThat(ManifestYaml.parse("---\n# Source: base/templates/nothing.yaml\n---\n\n---\nkind: ConfigMap\n"))
                .hasSize(1);
        assertThat(ManifestYaml.parse("")).isEmpty();
    }

    @Test
    void shouldKeepNumbersAndTextApart() {
        Object data = ManifestYaml.parse("kind: ConfigMap\ndata: {port: '15012', mode: 0420, yes: 'on'}")
                .get(0)
                .getAdditionalProperties()
                .get("data");

        assertThat(data).hasToString("{port=15012, mode=272, yes=on}");
    }

    @Test
    void shouldRefuseWhatIsNotYaml() {
        assertThatThrownBy(() -> ManifestYaml.parse("kind: [")).hasMessageContaining("not YAML");
    }
}

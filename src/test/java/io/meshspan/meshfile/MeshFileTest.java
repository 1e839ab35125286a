package io.meshspan.meshfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.RequestedCluster;
import io.meshspan.mesh.Topology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshFileTest {

    private static final String WHOLE = """
            meshId: mesh1
            istioVersion: 1.30.3
            hub: registry.example.org/istio
            tag: "1.30"
            revision: 1-30-3
            ingressGateway: true
            defaultTag: true
            keepSample: true
            clusters:
            - name: cluster1
              network: network1
              role: primary
            - name: cluster2
              role: remote
              controlPlane: cluster1
            """;

    @Test
    void shouldReadEveryField() {
        MeshFile file = MeshFile.read(WHOLE);

        assertThat(file.findings()).isEmpty();
        assertThat(file.fields().meshId().text()).isEqualTo("mesh1");
        assertThat(file.fields().version().text()).isEqualTo("1.30.3");
        assertThat(file.fields().hub().text()).isEqualTo("registry.example.org/istio");
        assertThat(file.fields().tag().text()).isEqualTo("1.30");
        assertThat(file.fields().revision().text()).isEqualTo("1-30-3");
        assertThat(file.fields().extras()).isEqualTo(new ProfileExtras(true, true));
        assertThat(file.keepSample()).isTrue();
        RequestedCluster remote = file.clusters().all().get(1);
        assertThat(remote.name().text()).isEqualTo("cluster2");
        assertThat(remote.role().text()).isEqualTo("remote");
        assertThat(remote.controlPlane().text()).isEqualTo("cluster1");
        assertThat(remote.controlPlane().where()).isEqualTo("mesh file, line 15, column 17");
    }

    @Test
    void shouldWantNothingThatTheFileDoesNotAskFor() {
        MeshFile file = MeshFile.read("{meshId: mesh1, istioVersion: 1.30.3, clusters: [{name: a}, {name: b}]}");

        assertThat(file.findings()).isEmpty();
        assertThat(file.fields().extras()).isEqualTo(ProfileExtras.NONE);
        assertThat(file.fields().revision().text()).isEmpty();
        assertThat(file.keepSample()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"meshId\": \"mesh1\", \"clusters\": [{\"name\": \"cluster1\"}]}",
                "{\n\t\"meshId\": \"mesh1\",\n\t\"clusters\": [\n\t\t{\"name\": \"cluster1\"}\n\t]\n}\n",
                "{meshId: mesh1, clusters: [{name: cluster1}]}",
                "---\nmeshId: mesh1\nclusters: [{name: cluster1}]\n...\n",
                "\uFEFFmeshId: mesh1\nclusters: [{name: cluster1}]\n",
                "# a comment\r\nmeshId: mesh1\r\nclusters:\r\n  - name: cluster1\r\n"
            })
    void shouldReadYamlAndJson(String text) {
        MeshFile file = MeshFile.read(text);

        assertThat(file.findings()).isEmpty();
        assertThat(file.fields().meshId().text()).isEqualTo("mesh1");
        assertThat(file.clusters().all()).hasSize(1);
    }

    @Test
    void shouldTellAllThatIsOfAWrongTypeOrNameWithItsLineAndColumn() {
        List<Finding> findings = MeshFile.read("""
                meshId: 7
                istioVersion: 1.30
                mesh: x
                keepSample: perhaps
                tag:
                clusters:
                - name: [cluster1]
                  rôle: primary
                - cluster2
                - name: cluster3
                  network: true
                  controlPlane: ""
                """).findings();

        assertThat(findings)
                .extracting(f -> "%s, %s: %s".formatted(f.where(), f.what(), f.found()))
                .containsExactlyInAnyOrder(
                        "mesh file, line 1, column 9, meshId: the number 7",
                        "mesh file, line 2, column 15, istioVersion: the number 1.30",
                        "mesh file, line 3, column 1, mesh: no such field",
                        "mesh file, line 4, column 13, keepSample: 'perhaps'",
                        "mesh file, line 5, column 5, tag: nothing",
                        "mesh file, line 7, column 9, clusters[0].name: a list",
                        "mesh file, line 8, column 3, clusters[0].rôle: no such field",
                        "mesh file, line 9, column 3, clusters[1]: 'cluster2'",
                        "mesh file, line 11, column 12, clusters[2].network: true",
                        "mesh file, line 12, column 17, clusters[2].controlPlane: an empty one");
    }

    @Test
    void shouldTellPlacesInJsonToo() {
        assertThat(MeshFile.read("{\n\t\"meshId\": 7,\n\t\"clusters\": {}\n}").findings())
                .extracting(Finding::where)
                .containsExactly("mesh file, line 2, column 12", "mesh file, line 3, column 14");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "''|nothing",
                "'# only a comment'|nothing",
                "mesh1|'mesh1'",
                "'[a, b]'|a list",
                "42|the number 42",
                "'a: b: c'|a colon where no field can begin",
                "'meshId: [mesh1'|a list that is not closed with ]",
            })
    void shouldRefuseWhatIsNoMesh(String quoted, String found) {
        String text = quoted.startsWith("'") ? quoted.substring(1, quoted.length() - 1) : quoted;

        assertThat(MeshFile.read(text).findings()).extracting(Finding::found).containsExactly(found);
    }

    @Test
    void shouldRefuseASecondDocument() {
        assertThat(MeshFile.read("meshId: mesh1\n---\nmeshId: mesh2\n").findings())
                .extracting(f -> f.where() + ": " + f.found())
                .containsExactly("mesh file, line 3, column 1: another one");
    }

    @Test
    void shouldRefuseNamesGivenTwice() {
        assertThat(MeshFile.read("meshId: mesh1\nmeshId: mesh2\nclusters:\n- name: a\n  name: b\n")
                        .findings())
                .extracting(f -> f.where() + ": " + f.what())
                .containsExactly("mesh file, line 2, column 1: meshId", "mesh file, line 5, column 3: name");
    }

    @Test
    void shouldRefuseWhatIsTooLarge() {
        String large = "# " + "x".repeat(Document.LARGEST);

        assertThat(MeshFile.read(large).findings()).extracting(Finding::what).containsExactly("size");
    }

    @Test
    void shouldNotFollowReferences() {
        StringBuilder bomb = new StringBuilder("hub: &a0 x\n");
        for (int level = 1; level <= 30; level++) {
            bomb.append("l%d: &a%d [*a%d, *a%d]\n".formatted(level, level, level - 1, level - 1));
        }

        assertThat(MeshFile.read(bomb.toString()).findings())
                .filteredOn(f -> f.what().equals("YAML"))
                .hasSize(60)
                .allSatisfy(f -> assertThat(f.found()).contains("an alias"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"meshId: !!str mesh1", "meshId: !secret mesh1", "meshId: *id", "base: &b {meshId: mesh1}\n<<: *b"
            })
    void shouldRefuseAliasesAndTags(String text) {
        assertThat(MeshFile.read(text).findings()).extracting(Finding::what).contains("YAML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meshId: mesh\u0001",
                "meshId: \uD800",
                "? [a, b]\n: c",
                "{[a]: b}",
                "a: &x b\n*x : c",
                "\tmeshId: mesh1",
                "meshId: \"mesh1",
                "meshId: mesh1\n  hub: x",
                "%YAML 9.9\n---\nmeshId: mesh1",
                "{\"meshId\": \"mesh1\"} x",
                "- - - -",
                "!!binary aGVsbG8=",
                "1: 2",
                "null"
            })
    void shouldRefuseInWordsWhateverElseIsSent(String text) {
        assertThat(MeshFile.read(text).findings()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "meshId: mesh\u00001|line 1, column 13|U+0000",
                "meshId: mesh1/hub: \u0007x|line 2, column 6|U+0007",
                "meshId: mesh1\\/hub: 'a'\\tag: \"b\u202E\"|line 3, column 8|U+202E",
                "hub: \uD83D\uDE00\uD83D\uDE00\uD800|line 1, column 8|U+D800",
                "{\"hub\":/ \"\u0000\"}|line 2, column 3|U+0000"
            })
    void shouldTellWhereAControlCharacterStands(String text, String place, String found) {
        assertThat(MeshFile.read(text.replace('/', '\n').replace('\\', '\r')).findings())
                .extracting(f -> "%s: %s".formatted(f.where(), f.found()))
                .containsExactly("mesh file, %s: %s".formatted(place, found));
    }

    @ParameterizedTest
    @ValueSource(strings = {"meshId: \"a\\0\"", "{\"meshId\": \"a\\u0000\"}", "meshId: \"a\\e\""})
    void shouldRefuseControlCharactersThatAreWrittenAsEscapes(String text) {
        assertThat(MeshFile.read(text).findings())
                .extracting(Finding::what, Finding::expected)
                .containsExactly(tuple("meshId", "a text without control characters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'': x", "' ': x", "{\"\": 1}", "clusters: [{'': x}]", "'': x\n'': y", "\"\\0\": x"})
    void shouldNameAFieldEvenIfItsNameIsBlank(String text) {
        assertThat(MeshFile.read(text).findings())
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.what()).isNotBlank().doesNotContain("\u0000"));
    }

    /** As many as 200,000 characters can hold, each with a long text in it, in an answer that a person can read. */
    @ParameterizedTest
    @ValueSource(strings = {"- {name: c%d}\n", "- &a%d x\n", "- *a%d\n", "- {nosuch%d: 1}\n"})
    void shouldAnswerBriefly(String item) {
        StringBuilder file = new StringBuilder("meshId: mesh1\nistioVersion: 1.30.3\nclusters:\n");
        for (int n = 0; file.length() < 180_000; n++) {
            file.append(item.formatted(n));
        }

        assertThatThrownBy(() -> MeshFile.read(file.toString())
                        .request(Topology.MIXED, Map.of(), List.of())
                        .toMesh())
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(20_000));
    }

    @Test
    void shouldSayHowManyMoreFindingsThereAre() {
        String file = "nosuch: 1\n".repeat(70);

        assertThatThrownBy(() -> MeshFile.read(file)
                        .request(Topology.MIXED, Map.of(), List.of())
                        .toMesh())
                .satisfies(refused -> assertThat(
                                String.valueOf(refused.getMessage()).lines())
                        .hasSize(52)
                        .last(STRING)
                        .isEqualTo("Not shown: 20 more. Correct these first."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b: c",
                "a: [b",
                "{a: b",
                "a: \"b",
                "a: 'b",
                "a:\n\tb: c",
                "a: b\n  c: d",
                "- a\n b: c",
                "a: @b",
                "a: \"\\q\"",
                "%YAML 9.9\n---\na: b",
                "? [a]\n: b",
                "a: !<x> b",
                "a: |9x\n b",
                "&a &b c",
                "{\"a\": 1e}",
                "{\"a\": tru}",
                "{\"a\" 1}"
            })
    void shouldSayInItsOwnWordsWhatItCannotRead(String text) {
        assertThat(MeshFile.read(text).findings())
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.toString())
                        .doesNotContain("<", "token", "stream", "parse", "block", "scalar", "Unexpected", "Exception"));
    }

    @Test
    void shouldRefuseDeepNestingInWords() {
        assertThat(MeshFile.read("[".repeat(5_000)).findings())
                .extracting(Finding::what)
                .contains("YAML");
        assertThat(MeshFile.read("{\"a\":".repeat(5_000)).findings())
                .extracting(Finding::what)
                .contains("YAML");
    }
}

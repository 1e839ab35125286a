package io.meshspan.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private final Service service = new ServiceBuilder()
            .withNewMetadata()
            .withName("helloworld")
            .addToLabels("app", "helloworld")
            .endMetadata()
            .withNewSpec()
            .addNewPort()
            .withName("http")
            .withPort(5000)
            .endPort()
            .endSpec()
            .build();

    @Test
    void shouldFindNoneBetweenEqualObjects() {
        assertThat(Difference.between(service, service.edit().build())).isEmpty();
    }

    @Test
    void shouldPassOverWhatOnlyCountsWrites() {
        Service written = service.edit()
                .editMetadata()
                .withGeneration(7L)
                .withResourceVersion("4711")
                .withUid("1")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .withManagedFields(new ManagedFieldsEntry())
                .endMetadata()
                .withNewStatus()
                .endStatus()
                .build();

        assertThat(Difference.between(service, written)).isEmpty();
    }

    @Test
    void shouldNameTheFieldsThatDiffer() {
        Service changed = service.edit()
                .editMetadata()
                .addToLabels("app", "other")
                .addToAnnotations("new", "yes")
                .endMetadata()
                .editSpec()
                .editFirstPort()
                .withPort(5001)
                .endPort()
                .endSpec()
                .build();

        assertThat(Difference.between(service, changed))
                .containsExactly(
                        new FieldChange("metadata.annotations", "nothing", "{\"new\":\"yes\"}"),
                        new FieldChange("metadata.labels.app", "helloworld", "other"),
                        new FieldChange("spec.ports[http].port", "5000", "5001"));
    }

    @Test
    void shouldNameAnElementThatIsAdded() {
        Service longer = service.edit()
                .editSpec()
                .addNewPort()
                .withName("tls")
                .withPort(443)
                .endPort()
                .endSpec()
                .build();

        assertThat(Difference.between(service, longer))
                .containsExactly(new FieldChange("spec.ports[tls]", "nothing", "{\"name\":\"tls\",\"port\":443}"));
    }

    @Test
    void shouldNameAListWhoseElementsHaveNoNamesAsAWhole() {
        Service longer = service.edit()
                .editSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();

        assertThat(Difference.between(service, longer))
                .singleElement()
                .extracting(FieldChange::path)
                .isEqualTo("spec.ports");
    }

    @Test
    void shouldShowALongValueWhereItBeginsToDiffer() {
        String long1 = "a".repeat(5000) + "one" + "b".repeat(5000);
        String long2 = "a".repeat(5000) + "two" + "b".repeat(5000);

        FieldChange change = Difference.between(data(long1), data(long2)).get(0);

        assertThat(change.before())
                .contains("aaone", "(10003 characters, sha256 ")
                .hasSizeLessThan(170);
        assertThat(change.after()).contains("aatwo").isNotEqualTo(change.before());
    }

    /** Where text is compared as YAML, the quotes make the difference. */
    @Test
    void shouldTellANumberFromTheTextThatLooksLikeIt() {
        assertThat(StructuredText.changes("port: 15012\n", "port: \"15012\"\n"))
                .containsExactly(new FieldChange("port", "15012", "\"15012\""));
    }

    @Test
    void shouldTellAChangeOfManyLinesOnOne() {
        assertThat(Difference.between(data("one\nline"), data("another\nline")).get(0))
                .hasToString("data.mesh: one line → another line");
    }

    @Test
    void shouldShowNoValueOfASecret() {
        Secret before = secret("c2VjcmV0LW9uZQ==", "annotated-one");
        Secret after = secret("c2VjcmV0LXR3bw==", "annotated-two");

        assertThat(Difference.between(before, after))
                .extracting(FieldChange::path)
                .containsExactly("data.token", "metadata.annotations.last-applied");
        assertThat(Difference.between(before, after).toString())
                .contains("sha256 ")
                .doesNotContain("c2VjcmV0", "annotated");
    }

    /** For whoever wants to see more than where they begin to differ. */
    @Test
    void shouldKeepLongValuesInFullUnlessTheyAreSecret() {
        String old = "a".repeat(300);
        String next = "a".repeat(299) + "b";

        assertThat(Difference.between(data(old), data(next)))
                .extracting(FieldChange::wholeBefore, FieldChange::wholeAfter)
                .containsExactly(tuple(old, next));
        assertThat(Difference.between(secret(old, old), secret(next, next)))
                .hasSize(2)
                .allSatisfy(change -> assertThat(change.wholeBefore()).isNull())
                .allSatisfy(change -> assertThat(change.wholeAfter()).isNull());
    }

    private static ConfigMap data(String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("istio")
                .endMetadata()
                .addToData("mesh", value)
                .build();
    }

    private static Secret secret(String token, String annotation) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("istio-remote-secret")
                .addToAnnotations("last-applied", annotation)
                .endMetadata()
                .addToData("token", token)
                .build();
    }
}

package io.meshspan.plan;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.plan.Plans.CREATED;
import static io.meshspan.plan.Plans.PATCHED;
import static io.meshspan.plan.Plans.UNCHANGED;
import static io.meshspan.plan.Plans.one;
import static io.meshspan.plan.Plans.plan;
import static io.meshspan.plan.Plans.two;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.difference.ContentHash;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanDigestTest {

    private final Plan plan = plan(one(CREATED, PATCHED), two(UNCHANGED));

    @Test
    void shouldBeTheSameForTheSamePlan() {
        assertThat(plan(one(CREATED, PATCHED), two(UNCHANGED)).digest())
                .isEqualTo(plan.digest())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void shouldNotDependOnTheOrderOfFields() {
        Map<String, Object> one = new LinkedHashMap<>(Map.of("a", 1));
        one.put("b", Map.of("c", 2));
        Map<String, Object> other = new LinkedHashMap<>(Map.of("b", Map.of("c", 2)));
        other.put("a", 1);

        assertThat(ContentHash.ofObject(one)).isEqualTo(ContentHash.ofObject(other));
    }

    @Test
    void shouldNotDependOnTheOrderInWhichClustersAnswered() {
        assertThat(plan(two(UNCHANGED), one(CREATED, PATCHED)).digest()).isEqualTo(plan.digest());
    }

    @Test
    void shouldNotCountInWhichOfManyStatesAnUnchangedObjectWasSeen() {
        PlannedObject statusMoved = new PlannedObject(
                UNCHANGED.step(), UNCHANGED.object(), UNCHANGED.outcome(), List.of(), "wish", false, true, "", "later");

        assertThat(plan(one(CREATED, PATCHED), two(statusMoved)).digest()).isEqualTo(plan.digest());
    }

    @Test
    void shouldBeAnotherWhenTheClusterMoved() {
        assertThat(plan(one(CREATED, PATCHED), two(PATCHED)).digest()).isNotEqualTo(plan.digest());
    }

    @Test
    void shouldBeAnotherWhenSomethingElseIsRendered() {
        PlannedObject other = new PlannedObject(
                CREATED.step(), CREATED.object(), CREATED.outcome(), List.of(), "another wish", false, true, "", null);

        assertThat(plan(one(other, PATCHED), two(UNCHANGED)).digest()).isNotEqualTo(plan.digest());
    }

    @Test
    void shouldBeAnotherWhenTheMeshIsAnother() {
        Mesh newer = new Mesh(MESH.id(), MESH.topology(), IstioVersion.parse("1.30.4"), MESH.members());

        assertThat(new Plan(newer, plan.clusters()).digest()).isNotEqualTo(plan.digest());
    }
}

package io.meshspan.plan;

import static io.meshspan.plan.Plans.CREATED;
import static io.meshspan.plan.Plans.PATCHED;
import static io.meshspan.plan.Plans.UNCHANGED;
import static io.meshspan.plan.Plans.object;
import static io.meshspan.plan.Plans.one;
import static io.meshspan.plan.Plans.plan;
import static io.meshspan.plan.Plans.two;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanViewTest {

    @Test
    void shouldGroupByClustersAndTellWhatIsChangedBeforeWhatIsNew() {
        Plan plan = plan(one(CREATED, PATCHED), two(CREATED, UNCHANGED));

        PlanView view = PlanView.of(plan.digest(), plan, List.of());

        assertThat(view.asRecorded()).isTrue();
        assertThat(view.groups())
                .extracting(
                        PlanView.Group::title, group -> group.objects().get(0).action())
                .containsExactly(tuple("cluster1, cluster2", "create"), tuple("cluster1", "change"));
        assertThat(view.groups().get(1).objects().get(0).fields())
                .extracting(FieldView::path, FieldView::before, FieldView::after)
                .containsExactly(tuple("spec.a", "1", "2"), tuple("spec.b", "nothing", "x"));
        assertThat(view.counts())
                .extracting(PlanView.Count::create, PlanView.Count::change, PlanView.Count::unchanged)
                .containsExactly(tuple(1L, 1L, 0L), tuple(1L, 0L, 1L));
    }

    @Test
    void shouldSayThatAPlanIsNotTheRecordedOne() {
        Plan approved = plan(one(CREATED));
        Plan altered = plan(one(CREATED, PATCHED));

        assertThat(PlanView.of(approved.digest(), altered, List.of()).asRecorded())
                .isFalse();
    }

    @Test
    void shouldComeBackFromTheDatabaseWithItsDigestAndItsWholeValues() {
        FieldChange change = new FieldChange("data.x", "a…", "b…", "a".repeat(200), "b".repeat(200));
        ClusterPlan cluster = one(object("ConfigMap", "istio", ApplyOutcome.PATCHED, List.of(change)));

        ClusterPlan read = PlanJson.read(PlanJson.write(cluster), ClusterPlan.class);

        assertThat(plan(read).digest()).isEqualTo(plan(cluster).digest());
        assertThat(read.objects().get(0).changes().get(0).wholeAfter()).isEqualTo("b".repeat(200));
    }

    @Test
    void shouldTellWhatMovedSinceTheApproval() {
        assertThat(PlanDifference.moved(List.of(one(CREATED)), plan(one(CREATED, PATCHED))))
                .containsExactly(new PlanView.Moved(
                        "cluster1",
                        PATCHED.object().toString(),
                        "not in the approved plan",
                        "change spec.a: 1 → 2; spec.b: nothing → x"));
    }

    /** ConfigMaps keep MeshConfig as YAML and the injector's values as JSON. */
    @Test
    void shouldCompareStructuredTextByItsFields() {
        FieldView view = FieldView.of(change(
                "accessLogFile: /dev/stdout\ndefaultConfig:\n  discoveryAddress: istiod:15012\n",
                "defaultConfig:\n  discoveryAddress: istiod-1:15012\naccessLogFile: /dev/stdout\n"));

        assertThat(view.inside())
                .extracting(FieldView::path, FieldView::before, FieldView::after)
                .containsExactly(tuple("defaultConfig.discoveryAddress", "istiod:15012", "istiod-1:15012"));
        assertThat(view.lines()).isEmpty();
    }

    @Test
    void shouldShowJsonOnOneLineAsYaml() {
        FieldView view = FieldView.of(
                change("{\"global\":{\"hub\":\"a\",\"tag\":\"1\"}}", "{\"global\":{\"hub\":\"b\",\"tag\":\"1\"}}"));

        assertThat(view.inside()).extracting(FieldView::path).containsExactly("global.hub");
        assertThat(view.wholeAfter()).isEqualTo("global:\n  hub: b\n  tag: \"1\"\n");
    }

    @Test
    void shouldCompareOtherTextByItsLines() {
        FieldView view = FieldView.of(change("# one\nsame <b>\n", "# two\nsame <b>\n"));

        assertThat(view.inside()).isEmpty();
        assertThat(view.lines())
                .extracting(FieldView.Line::was, FieldView.Line::text)
                .containsExactly(tuple("-", "# one"), tuple("+", "# two"), tuple(" ", "same <b>"));
    }

    private static FieldChange change(String before, String after) {
        return new FieldChange("data.mesh", before.substring(0, 5), after.substring(0, 5), before, after);
    }
}

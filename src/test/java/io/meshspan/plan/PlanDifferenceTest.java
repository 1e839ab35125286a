package io.meshspan.plan;

import static io.meshspan.plan.Plans.CREATED;
import static io.meshspan.plan.Plans.PATCHED;
import static io.meshspan.plan.Plans.UNCHANGED;
import static io.meshspan.plan.Plans.object;
import static io.meshspan.plan.Plans.one;
import static io.meshspan.plan.Plans.plan;
import static io.meshspan.plan.Plans.two;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.kubernetes.ApplyOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanDifferenceTest {

    @Test
    void shouldTellOnceWhatMovedInTheSameWayInSeveralClusters() {
        PlannedObject untouched = object("Service", "istiod", ApplyOutcome.UNCHANGED, List.of());

        assertThat(PlanDifference.between(
                        List.of(one(CREATED, untouched), two(CREATED, untouched)),
                        plan(one(CREATED, PATCHED), two(CREATED, PATCHED))))
                .isEqualTo("""
                        **In cluster1, cluster2**

                        - Service istio-system/istiod
                            - approved: leave as it is
                            - now: change `spec.a`: `1` → `2`; `spec.b`: `nothing` → `x`""");
    }

    @Test
    void shouldNotCountWhatWasAppliedMeanwhile() {
        PlannedObject applied = object("Deployment", "istiod", ApplyOutcome.UNCHANGED, List.of());

        assertThat(PlanDifference.between(List.of(one(CREATED)), plan(one(applied))))
                .isEqualTo("Nothing that was approved would come out otherwise now.");
    }

    @Test
    void shouldTellWhatCameAndWhatWent() {
        assertThat(PlanDifference.between(List.of(one(CREATED)), plan(one(UNCHANGED))))
                .contains("ConfigMap istio-system/istio\n    - approved: not in the approved plan")
                .contains("Deployment istio-system/istiod\n    - approved: create\n    - now: no longer a part");
    }
}

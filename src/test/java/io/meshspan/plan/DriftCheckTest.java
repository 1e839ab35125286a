package io.meshspan.plan;

import static io.meshspan.mesh.TwoPrimaries.ONE;
import static io.meshspan.plan.Plans.CREATED;
import static io.meshspan.plan.Plans.PATCHED;
import static io.meshspan.plan.Plans.UNCHANGED;
import static io.meshspan.plan.Plans.later;
import static io.meshspan.plan.Plans.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;

import io.meshspan.difference.FieldChange;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.DryRunResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftCheckTest {

    private static final List<FieldChange> BY_HAND = List.of(new FieldChange("spec.replicas", "3", "1"));

    private String state = "seen"; // empty where the object is not there
    private ApplyOutcome applyOutcome = ApplyOutcome.UNCHANGED;
    private List<FieldChange> changes = List.of();
    private int looks;
    private String uid = "uid-1";

    @Test
    void shouldNotLookAgainWhileAnObjectIsInTheStateInWhichItWasSeen() {
        assertThat(recheck(UNCHANGED, "wish")).isEmpty();
        assertThat(looks).isZero();
    }

    @Test
    void shouldPassOverWhatChangesNothingOfThePlan() {
        state = "written by a controller";

        assertThat(recheck(UNCHANGED, "wish")).isEmpty();
        assertThat(looks).isOne();
    }

    @Test
    void shouldPassOverWhatACrashedRunHasAppliedAlready() {
        assertThat(recheck(CREATED, "wish")).isEmpty();
    }

    @Test
    void shouldGoOnWhileTheSameFieldsWouldChangeInTheSameWay() {
        state = "written by a controller";
        applyOutcome = ApplyOutcome.PATCHED;
        changes = PATCHED.changes();

        assertThat(recheck(PATCHED, "wish")).isEmpty();
    }

    @Test
    void shouldNameTheFieldThatSomebodyEditedByHand() {
        state = "edited";
        applyOutcome = ApplyOutcome.PATCHED;
        changes = BY_HAND;

        assertThat(recheck(UNCHANGED, "wish"))
                .singleElement()
                .extracting(Finding::toString)
                .asString()
                .contains("cluster1", "ConfigMap istio-system/istio", "leave as it is", "spec.replicas: 3 → 1");
    }

    @Test
    void shouldFindAnObjectThatSomebodyElseMade() {
        applyOutcome = ApplyOutcome.PATCHED;
        changes = BY_HAND;

        assertThat(recheck(CREATED, "wish")).hasSize(1);
    }

    @Test
    void shouldFindAnObjectThatIsGone() {
        state = "";
        applyOutcome = ApplyOutcome.CREATED;

        assertThat(recheck(UNCHANGED, "wish")).hasSize(1);
    }

    @Test
    void shouldFindThatChartsChanged() {
        assertThat(recheck(UNCHANGED, "another wish"))
                .singleElement()
                .extracting(Finding::found)
                .asString()
                .contains("charts");
    }

    /** A change of the root restarts a sample that was left, and its verification applies that. */
    @Test
    void shouldCompareAnObjectOfTwoStepsWithWhatWasApprovedForEach() {
        PlannedObject restarted = new PlannedObject(
                Step.GATEWAY, CREATED.object(), ApplyOutcome.PATCHED, List.of(), "restart", false, true, "", "seen");
        DriftCheck check = new DriftCheck(cluster(), one(restarted, CREATED));

        assertThat(check.of(Set.of(Step.CONTROL_PLANE), List.of(wish(CREATED, "wish"))))
                .isEmpty();
        assertThat(check.of(Set.of(Step.CONTROL_PLANE), List.of(wish(CREATED, "restart"))))
                .singleElement()
                .extracting(Finding::found)
                .asString()
                .contains("charts");
    }

    @Test
    void shouldFindAnObjectThatNobodyApproved() {
        assertThat(new DriftCheck(cluster(), one()).of(Set.of(Step.CONTROL_PLANE), List.of(wish(CREATED, "wish"))))
                .singleElement()
                .extracting(Finding::expected)
                .isEqualTo("not in the approved plan");
    }

    @Test
    void shouldFindThatAnApprovedObjectIsNoLongerRendered() {
        assertThat(new DriftCheck(cluster(), one(CREATED)).of(Set.of(Step.CONTROL_PLANE), List.of()))
                .hasSize(1);
        assertThat(new DriftCheck(cluster(), one(CREATED)).of(Set.of(Step.GATEWAY), List.of()))
                .isEmpty();
    }

    @Test
    void shouldAllowWhatWasOnlyKnownLaterToBeLeftOut() {
        ClusterPlan approved = one(later("EndpointSlice", "istiod", ""));

        assertThat(new DriftCheck(cluster(), approved).of(Set.of(Step.CONTROL_PLANE), List.of()))
                .isEmpty();
    }

    @Test
    void shouldFindThatTheNameLeadsToAnotherClusterHoweverMuchItLooksTheSame() {
        uid = "uid-9";

        assertThat(recheck(CREATED, "wish"))
                .singleElement()
                .asString()
                .contains("UID uid-1", "another cluster, UID uid-9", "kubeconfig");
        assertThat(looks).isZero();
    }

    private List<Finding> recheck(PlannedObject approved, String desired) {
        return new DriftCheck(cluster(), one(approved))
                .of(Set.of(Step.CONTROL_PLANE), List.of(wish(approved, desired)));
    }

    private DesiredObject wish(PlannedObject object, String desired) {
        return new DesiredObject(Step.CONTROL_PLANE, object.object(), desired, false, "", cluster -> {
            looks++;
            return new DryRunResult(ONE, object.object(), applyOutcome, changes, true);
        });
    }

    private Cluster cluster() {
        Cluster cluster = mock(Cluster.class);
        lenient().when(cluster.name()).thenReturn(ONE);
        lenient().when(cluster.uid()).thenReturn(uid);
        lenient()
                .when(cluster.states(any()))
                .thenAnswer(call -> state.isEmpty()
                        ? Map.of()
                        : Map.of(UNCHANGED.object(), state, CREATED.object(), state, PATCHED.object(), state));
        return cluster;
    }
}

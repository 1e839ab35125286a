package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.plugin.variable.SpinValues;
import org.junit.jupiter.api.Test;

/** Whatever moves between the approval and a step goes back to the approver before the step writes anything. */
class PlanMovedIT {

    private static final String AGAIN = "Approve changed plan";
    private static final Map<String, Object> YES = Map.of("approved", true, "comment", "seen");
    private static final Map<String, Object> NO = Map.of("approved", false, "comment", "not that");

    private final Fleet fleet = Application.take();

    @Test
    void shouldWriteNothingWhenSomebodyChangedAClusterAndTheChangedPlanIsRejected() {
        // given
        Change change = fleet.request();
        change.task("Approve change");
        someoneTakesTheNamespace();
        int before = fleet.writes().size();

        // when
        change.approve("carla");

        // then
        assertThat(change.shown(AGAIN, "plan")).contains(fleet.second()).contains("Namespace istio-system");
        assertThat(change.shown(AGAIN, "asked")).contains("1.30.3 (new in ");
        assertThat(fleet.writes()).hasSize(before);
        change.decide("carla", AGAIN, NO);
        assertThat(change.end()).isEqualTo("EndEvent_ChangedPlanRejected");
        assertThat(fleet.writes()).hasSize(before);
    }

    @Test
    void shouldGoOnWithTheChangedPlanOnceItIsApproved() {
        Change change = fleet.request();
        change.task("Approve change");
        someoneTakesTheNamespace();

        change.approve("carla");
        change.decide("carla", AGAIN, YES);

        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Test
    void shouldNotTakeTheApprovedPlanForTheOneThatReplacedIt() {
        // given
        Change change = fleet.request();
        Task first = change.task("Approve change");
        Map<String, Object> old = new HashMap<>();
        List.of("plan", "planDigest", "planSummary")
                .forEach(name ->
                        old.put(name, Application.ENGINE.getTaskService().getVariableTyped(first.getId(), name)));
        someoneTakesTheNamespace();
        change.approve("carla");

        // when
        Application.ENGINE.getRuntimeService().setVariables(change.task(AGAIN).getProcessInstanceId(), old);

        // then
        assertThatThrownBy(() -> change.decide("carla", AGAIN, YES))
                .hasMessageContaining("another plan than the one on record");
    }

    @Test
    void shouldNameTheFieldThatSomebodyEditedWhileAPersonDecided() {
        // given
        installed();
        Change change = fleet.request();
        change.task("Approve change");
        client().apps()
                .deployments()
                .inNamespace("istio-system")
                .withName("istiod")
                .edit(d -> d.edit()
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withImage("registry.example.org/not-istio:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        int before = fleet.writes().size();

        // when
        change.approve("carla");

        // then
        assertThat(change.shown(AGAIN, "plan"))
                .contains("approved: leave as it is")
                .contains("registry.example.org/not-istio:1");
        assertThat(fleet.writes()).hasSize(before);
    }

    @Test
    void shouldTakeTheMeshFromTheRecordWhateverTheVariableSays() {
        // given
        Fleet victim = Application.take();
        Change change = fleet.request();
        change.task("Approve change");
        RuntimeService runtime = Application.ENGINE.getRuntimeService();
        Object other = runtime.getVariable(victim.request().id(), "mesh");
        List<ProcessInstance> instances = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(fleet.mesh())
                .list();

        // when
        instances.forEach(instance -> runtime.setVariable(
                instance.getId(),
                "mesh",
                SpinValues.jsonValue(String.valueOf(other)).create()));
        change.approve("carla");

        // then
        assertThat(change.shown("Decide how to go on", "failureText"))
                .contains("a cluster for which nothing was approved");
        assertThat(victim.writes()).isEmpty();
    }

    @Test
    void shouldNotTakeAnApprovalThatIsNotOnRecord() {
        Change change = fleet.request();
        change.task("Approve change");

        Application.ENGINE
                .getRuntimeService()
                .startProcessInstanceByKey(
                        "install-primary",
                        fleet.mesh(),
                        Map.of(
                                "mesh", Application.ENGINE.getRuntimeService().getVariable(change.id(), "mesh"),
                                "cluster", fleet.first(),
                                "approved", true));

        change.task(AGAIN);
        assertThat(fleet.writes()).isEmpty();
    }

    private void installed() {
        Change first = fleet.request();
        first.approve("carla");
        first.end();
    }

    private void someoneTakesTheNamespace() {
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("istio-system")
                        .addToLabels("topology.istio.io/network", "elsewhere")
                        .endMetadata()
                        .build())
                .create();
    }

    private KubernetesClient client() {
        return Application.SANDBOX.client(fleet.second());
    }
}

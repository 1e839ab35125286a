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

    private final ProcessFleet processFleet = TestApplication.take();

    @Test
    void shouldWriteNothingWhenSomebodyChangedAClusterAndTheChangedPlanIsRejected() {
        // given
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        someoneTakesTheNamespace();
        int before = processFleet.writes().size();

        // when
        playedChange.approve("carla");

        // then
        assertThat(playedChange.shown(AGAIN, "plan"))
                .contains(processFleet.second())
                .contains("Namespace istio-system");
        assertThat(playedChange.shown(AGAIN, "asked")).contains("1.30.3 (new in ");
        assertThat(processFleet.writes()).hasSize(before);
        playedChange.decide("carla", AGAIN, NO);
        assertThat(playedChange.end()).isEqualTo("EndEvent_ChangedPlanRejected");
        assertThat(processFleet.writes()).hasSize(before);
    }

    @Test
    void shouldGoOnWithTheChangedPlanOnceItIsApproved() {
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        someoneTakesTheNamespace();

        playedChange.approve("carla");
        playedChange.decide("carla", AGAIN, YES);

        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Test
    void shouldNotTakeTheApprovedPlanForTheOneThatReplacedIt() {
        // given
        PlayedChange playedChange = processFleet.request();
        Task first = playedChange.task("Approve change");
        Map<String, Object> old = new HashMap<>();
        List.of("plan", "planDigest", "planSummary")
                .forEach(name ->
                        old.put(name, TestApplication.ENGINE.getTaskService().getVariableTyped(first.getId(), name)));
        someoneTakesTheNamespace();
        playedChange.approve("carla");

        // when
        TestApplication.ENGINE
                .getRuntimeService()
                .setVariables(playedChange.task(AGAIN).getProcessInstanceId(), old);

        // then
        assertThatThrownBy(() -> playedChange.decide("carla", AGAIN, YES))
                .hasMessageContaining("another plan than the one on record");
    }

    @Test
    void shouldNameTheFieldThatSomebodyEditedWhileAPersonDecided() {
        // given
        installed();
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
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
        int before = processFleet.writes().size();

        // when
        playedChange.approve("carla");

        // then
        assertThat(playedChange.shown(AGAIN, "plan"))
                .contains("approved: leave as it is")
                .contains("registry.example.org/not-istio:1");
        assertThat(processFleet.writes()).hasSize(before);
    }

    @Test
    void shouldTakeTheMeshFromTheRecordWhateverTheVariableSays() {
        // given
        ProcessFleet victim = TestApplication.take();
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        RuntimeService runtime = TestApplication.ENGINE.getRuntimeService();
        Object other = runtime.getVariable(victim.request().id(), "mesh");
        List<ProcessInstance> instances = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(processFleet.mesh())
                .list();

        // when
        instances.forEach(instance -> runtime.setVariable(
                instance.getId(),
                "mesh",
                SpinValues.jsonValue(String.valueOf(other)).create()));
        playedChange.approve("carla");

        // then
        assertThat(playedChange.shown("Decide how to go on", "failureText"))
                .contains("a cluster for which nothing was approved");
        assertThat(victim.writes()).isEmpty();
    }

    @Test
    void shouldNotTakeAnApprovalThatIsNotOnRecord() {
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");

        TestApplication.ENGINE
                .getRuntimeService()
                .startProcessInstanceByKey(
                        "install-primary",
                        processFleet.mesh(),
                        Map.of(
                                "mesh",
                                        TestApplication.ENGINE
                                                .getRuntimeService()
                                                .getVariable(playedChange.id(), "mesh"),
                                "cluster", processFleet.first(),
                                "approved", true));

        playedChange.task(AGAIN);
        assertThat(processFleet.writes()).isEmpty();
    }

    private void installed() {
        PlayedChange first = processFleet.request();
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
        return TestApplication.SANDBOX.client(processFleet.second());
    }
}

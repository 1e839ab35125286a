package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each rule of the diagrams fails for a diagram that breaks it. */
class BrokenDiagramsTest {

    private static final DiagramRulesTest RULES = new DiagramRulesTest();
    private static final DiagramLayoutTest LAYOUT = new DiagramLayoutTest();
    private static final String BOUNDS = "%s\"[^>]*>\\s*<dc:Bounds x=\")[\\d.]+";

    /**
     * A diagram and what breaks a rule in it.
     *
     * @param pattern what is replaced, wherever it stands
     */
    record Break(String rule, Consumer<Diagram> check, String process, String pattern, String replacement) {

        @Override
        public String toString() {
            return rule;
        }
    }

    static final List<Break> BREAKS = List.of(
            new Break(
                    "shouldBeNamedAsItsFileAndBeReadyToRun",
                    RULES::shouldBeNamedAsItsFileAndBeReadyToRun,
                    "install-mesh",
                    "isExecutable=\"true\"",
                    "isExecutable=\"false\""),
            new Break(
                    "shouldSayOfEachActivityWhatItDoes",
                    RULES::shouldSayOfEachActivityWhatItDoes,
                    "install-mesh",
                    "(<bpmn:callActivity [^>]*>\\s*)<bpmn:documentation>[^<]*</bpmn:documentation>",
                    "$1"),
            new Break(
                    "shouldNameItsElementsByTheirKind",
                    RULES::shouldNameItsElementsByTheirKind,
                    "install-mesh",
                    "Task_CreateNamespaces",
                    "Step_CreateNamespaces"),
            new Break(
                    "shouldNotHaveIdsThatDifferOnlyByCase",
                    RULES::shouldNotHaveIdsThatDifferOnlyByCase,
                    "install-mesh",
                    "Task_CheckInputs",
                    "task_createNamespaces"),
            new Break(
                    "shouldCallNoChoiceOfTheNextPartAFailure",
                    RULES::shouldCallNoChoiceOfTheNextPartAFailure,
                    "move-workloads",
                    "meshspan.choice",
                    "meshspan.other"),
            new Break(
                    "shouldStoreTheStateBeforeEachServiceTask",
                    RULES::shouldStoreTheStateBeforeEachServiceTask,
                    "install-mesh",
                    "(<bpmn:serviceTask [^>]*) camunda:asyncBefore=\"true\"",
                    "$1"),
            new Break(
                    "shouldStoreEveryDecisionBeforeActingOnIt",
                    RULES::shouldStoreEveryDecisionBeforeActingOnIt,
                    "resolve-failure",
                    "(<bpmn:userTask [^>]*) camunda:asyncAfter=\"true\"",
                    "$1"),
            new Break(
                    "shouldArmAWaitInOneTransaction",
                    RULES::shouldArmAWaitInOneTransaction,
                    "await-condition",
                    "<bpmn:eventBasedGateway ",
                    "<bpmn:eventBasedGateway camunda:asyncBefore=\"true\" "),
            new Break(
                    "shouldLetLoopInstancesEndSideBySide",
                    RULES::shouldLetLoopInstancesEndSideBySide,
                    "install-mesh",
                    "(<bpmn:multiInstanceLoopCharacteristics [^>]*) camunda:asyncAfter=\"true\"",
                    "$1"),
            new Break(
                    "shouldCallWhatWasDeployedWithItAndNameWhatItHandsOver",
                    RULES::shouldCallWhatWasDeployedWithItAndNameWhatItHandsOver,
                    "install-mesh",
                    "calledElementBinding=\"deployment\"",
                    "calledElementBinding=\"latest\""),
            new Break(
                    "shouldLetNoErrorLeaveAProcessThatNobodyCalls",
                    RULES::shouldLetNoErrorLeaveAProcessThatNobodyCalls,
                    "install-mesh",
                    "attachedToRef=\"CallActivity_PrepareChange\"",
                    "attachedToRef=\"CallActivity_AcceptResult\""),
            new Break(
                    "shouldTakeNoDecisionForAFailure",
                    RULES::shouldTakeNoDecisionForAFailure,
                    "install-mesh",
                    "(\"BoundaryEvent_InstallationStopped\"[^>]* attachedToRef=\")[^\"]*",
                    "$1CallActivity_AcceptResult"),
            new Break(
                    "shouldAskHowToGoOnInOnePlace",
                    RULES::shouldAskHowToGoOnInOnePlace,
                    "prepare-change",
                    "meshspan\\.approval",
                    "meshspan.question"),
            new Break(
                    "shouldSayWhatFailedAndWhichChoicesThereAre",
                    RULES::shouldSayWhatFailedAndWhichChoicesThereAre,
                    "install-mesh",
                    "target=\"mayExclude\"",
                    "target=\"may\""),
            new Break(
                    "shouldLeadEveryFailureOfAStepToAPerson",
                    RULES::shouldLeadEveryFailureOfAStepToAPerson,
                    "install-mesh",
                    "attachedToRef=\"SubProcess_InstallMesh\"",
                    "attachedToRef=\"CallActivity_VerifyMesh\""),
            new Break(
                    "shouldLeaveProgrammingToJava",
                    RULES::shouldLeaveProgrammingToJava,
                    "install-mesh",
                    "<bpmn:conditionExpression ",
                    "<bpmn:conditionExpression language=\"groovy\" "),
            new Break(
                    "shouldAskAQuestionWhereItBranches",
                    RULES::shouldAskAQuestionWhereItBranches,
                    "install-mesh",
                    "name=\"Change approved\\?\"",
                    "name=\"Change approved\""),
            new Break(
                    "shouldStopRejectAndRemoveNothingByDefault",
                    RULES::shouldStopRejectAndRemoveNothingByDefault,
                    "install-mesh",
                    "<bpmn:exclusiveGateway id=\"Gateway_ChangeApproved\"",
                    "$0 default=\"Flow_ChangeApproved_ChangeRejected\""),
            new Break("shouldNameEveryEvent", RULES::shouldNameEveryEvent, "install-mesh", " name=\"Begun\"", ""),
            new Break(
                    "shouldNameDelegatesThatExist",
                    RULES::shouldNameDelegatesThatExist,
                    "install-mesh",
                    "checkInputsDelegate",
                    "noSuchDelegate"),
            new Break(
                    "shouldLeadInOneStraightRowToItsGoodEnd",
                    LAYOUT::shouldLeadInOneStraightRowToItsGoodEnd,
                    "remove-mesh",
                    "(\"Flow_CarryOutRemoval_MeshRemoved\">\\s*<di:waypoint x=\"[\\d.]+\" y=\")[\\d.]+",
                    "$1190"),
            new Break(
                    "shouldHaveTheAcceptanceInTheRow",
                    LAYOUT::shouldHaveTheAcceptanceInTheRow,
                    "install-mesh",
                    "(\"Flow_VerifyMesh_AcceptResult\">\\s*<di:waypoint x=\"[\\d.]+\" y=\")[\\d.]+",
                    "$1190"),
            new Break(
                    "shouldFitOnAScreen",
                    LAYOUT::shouldFitOnAScreen,
                    "install-mesh",
                    BOUNDS.formatted("(bpmnElement=\"EndEvent_MeshVerified"),
                    "$11780"),
            new Break(
                    "shouldKeepNamesApartFromEverythingElse",
                    LAYOUT::shouldKeepNamesApartFromEverythingElse,
                    "install-mesh",
                    "(\"BoundaryEvent_PreparationStopped\">\\s*<dc:Bounds[^>]*>\\s*<bpmndi:BPMNLabel>\\s*<dc:Bounds x=\")\\d+",
                    "$1300"),
            new Break(
                    "shouldShowWhichStepCallsAProcessAndWhichRunsOnceACluster",
                    LAYOUT::shouldShowWhichStepCallsAProcessAndWhichRunsOnceACluster,
                    "install-mesh",
                    BOUNDS.formatted("(bpmnElement=\"BoundaryEvent_VerificationFailed"),
                    "$11540"),
            new Break(
                    "shouldKeepShapesApart",
                    LAYOUT::shouldKeepShapesApart,
                    "install-mesh",
                    BOUNDS.formatted("(bpmnElement=\"Task_CheckInputs"),
                    "$1200"));

    @ParameterizedTest
    @FieldSource("BREAKS")
    void shouldFailForADiagramThatBreaksIt(Break broken) throws IOException {
        String file = Files.readString(Path.of("processes", broken.process() + ".bpmn"));
        String changed = Pattern.compile(broken.pattern()).matcher(file).replaceAll(broken.replacement());
        assertThat(changed).isNotEqualTo(file);
        Diagram diagram = new Diagram(
                broken.process(),
                Bpmn.readModelFromStream(new ByteArrayInputStream(changed.getBytes(StandardCharsets.UTF_8))));

        assertThatThrownBy(() -> broken.check().accept(diagram)).isInstanceOf(AssertionError.class);
    }

    /** For a new rule, say above what breaks it. */
    @Test
    void shouldBreakEachRule() {
        Set<String> rules = Stream.of(DiagramRulesTest.class, DiagramLayoutTest.class)
                .flatMap(tests -> Arrays.stream(tests.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(ParameterizedTest.class))
                .map(Method::getName)
                .collect(Collectors.toSet());

        assertThat(BREAKS).extracting(Break::rule).containsExactlyInAnyOrderElementsOf(rules);
    }
}

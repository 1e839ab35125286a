package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.engine.ApprovalTask;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.Script;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaScript;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every diagram keeps to, so that it reads the same everywhere and survives a crash between any two steps. */
class DiagramRulesTest {

    /** Runs within the start, so that the person who starts gets the answer, and no process is left behind. */
    private static final String ANSWERS_THE_STARTER = "Task_CheckInputs";

    /** Their errors are meant for whoever called them. */
    private static final Set<String> WAIT_FOR_OTHERS =
            Set.of("await-condition", "call-helloworld", "configure-trust", "renew-workloads");

    private static final String RESOLVES_FAILURES = "resolve-failure";

    /** Asks about a mesh that is not as declared, where nothing has failed. */
    private static final String ASKS_ABOUT_DRIFT = "check-drift";

    /** Asks about credentials that end soon, where nothing has failed. */
    private static final String ASKS_ABOUT_RENEWAL = "renew-credentials";

    /** Asks which part of the work comes next, not how to go on after a failure. */
    private static final String CHOOSES_WAVES = "move-workloads";

    private static final String CHOOSES_PHASES = "change-root-phases";

    private static final Set<String> DECISIONS = Set.of("CHANGE_STOPPED", "ROLL_BACK");

    /** An upgrade stops at the first cluster that fails: what is wrong with a release is wrong in the others, too. */
    private static final Set<String> CLUSTER_AFTER_CLUSTER = Set.of("upgrade-mesh", "upgrade-in-place");

    static List<Diagram> diagrams() {
        return Diagram.all();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldBeNamedAsItsFileAndBeReadyToRun(Diagram diagram) {
        assertThat(diagram.process().getId()).isEqualTo(diagram.name());
        assertThat(diagram.process().isExecutable()).isTrue();
        assertThat(diagram.process().getName()).isNotBlank();
        assertThat(diagram.process().getCamundaHistoryTimeToLiveString()).startsWith("P");
        assertThat(diagram.process().getCamundaVersionTag()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldSayOfEachActivityWhatItDoes(Diagram diagram) {
        assertNone(
                diagram,
                Activity.class,
                a -> a.getDocumentations().isEmpty()
                        || a.getDocumentations()
                                .iterator()
                                .next()
                                .getTextContent()
                                .isBlank());
        assertThat(diagram.process().getDocumentations()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldNameItsElementsByTheirKind(Diagram diagram) {
        assertNone(diagram, FlowElement.class, e -> !e.getId().matches(IdPrefix.of(e) + "[A-Z][A-Za-z_]*"));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldNotHaveIdsThatDifferOnlyByCase(Diagram diagram) {
        Set<String> seen = new HashSet<>();
        assertNone(
                diagram,
                BaseElement.class,
                e -> e.getId() != null && !seen.add(e.getId().toLowerCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldStoreTheStateBeforeEachServiceTask(Diagram diagram) {
        assertNone(
                diagram,
                ServiceTask.class,
                task -> task.isCamundaAsyncBefore() == task.getId().equals(ANSWERS_THE_STARTER));
        assertNone(diagram, CallActivity.class, call -> !storesStateBefore(call));
    }

    /**
     * A step that runs once a cluster stores the state before each of its runs, not before the loop: the engine would not
     * notice the end of a change that is deleted while it waits before a loop within a frame.
     */
    private static boolean storesStateBefore(CallActivity call) {
        return call.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop
                ? loop.isCamundaAsyncBefore() && !call.isCamundaAsyncBefore()
                : call.isCamundaAsyncBefore();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldStoreEveryDecisionBeforeActingOnIt(Diagram diagram) {
        assertNone(
                diagram,
                UserTask.class,
                task -> !task.isCamundaAsyncAfter()
                        || task.getCamundaCandidateGroupsList().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldArmAWaitInOneTransaction(Diagram diagram) {
        assertNone(
                diagram,
                EventBasedGateway.class,
                gateway -> gateway.isCamundaAsyncBefore()
                        || gateway.getPreviousNodes().list().stream().anyMatch(FlowNode::isCamundaAsyncAfter));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldLetLoopInstancesEndSideBySide(Diagram diagram) {
        assertNone(
                diagram,
                MultiInstanceLoopCharacteristics.class,
                loop -> !loop.isCamundaAsyncAfter()
                        || loop.isSequential() != CLUSTER_AFTER_CLUSTER.contains(diagram.name()));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldCallWhatWasDeployedWithItAndNameWhatItHandsOver(Diagram diagram) {
        List<String> known = diagrams().stream().map(Diagram::name).toList();
        assertNone(
                diagram,
                CallActivity.class,
                call -> !known.contains(call.getCalledElement())
                        || !"deployment".equals(call.getCamundaCalledElementBinding()));
        assertNone(diagram, CallActivity.class, call -> ins(call).noneMatch(in -> in.getCamundaBusinessKey() != null));
        assertNone(diagram, CallActivity.class, call -> ins(call).noneMatch(in -> in.getCamundaTarget() != null));
        assertNone(diagram, CamundaIn.class, in -> in.getCamundaVariables() != null);
        assertNone(diagram, CamundaOut.class, out -> out.getCamundaVariables() != null);
    }

    /** What a called process ends with is caught by its caller, or passes on to the caller of that one. */
    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldLetNoErrorLeaveAProcessThatNobodyCalls(Diagram diagram) {
        boolean called = diagrams().stream()
                .flatMap(caller -> caller.each(CallActivity.class).stream())
                .anyMatch(call -> diagram.name().equals(call.getCalledElement()));

        assertThat(called ? Set.of() : diagram.leaving()).isEmpty();
    }

    /** A decision is no failure: what catches every failure of a frame leaves a stop and a roll back to what names them. */
    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldTakeNoDecisionForAFailure(Diagram diagram) {
        assertNone(
                diagram,
                CallActivity.class,
                call -> Diagram.thrownBy(call).stream()
                        .filter(DECISIONS::contains)
                        .flatMap(code -> diagram.catcher(call, code).stream())
                        .anyMatch(catcher -> catcher.getError() == null));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldAskHowToGoOnInOnePlace(Diagram diagram) {
        assertThat(diagram.each(UserTask.class))
                .filteredOn(task -> !ApprovalTask.is(task))
                .extracting(task -> diagram.name())
                .isSubsetOf(RESOLVES_FAILURES, ASKS_ABOUT_DRIFT, ASKS_ABOUT_RENEWAL, CHOOSES_WAVES, CHOOSES_PHASES);
    }

    /** People are told that a step failed, unless the diagram says that they choose what comes next. */
    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldCallNoChoiceOfTheNextPartAFailure(Diagram diagram) {
        assertThat(diagram.each(UserTask.class))
                .filteredOn(task -> !ApprovalTask.is(task))
                .allMatch(task -> ApprovalTask.isChoice(task)
                        == Set.of(CHOOSES_WAVES, CHOOSES_PHASES).contains(diagram.name()));
    }

    /** Whoever is asked reads what happened, and gets the choices that there are at this step. */
    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldSayWhatFailedAndWhichChoicesThereAre(Diagram diagram) {
        assertThat(diagram.each(CallActivity.class))
                .filteredOn(call -> RESOLVES_FAILURES.equals(call.getCalledElement()))
                .allSatisfy(call -> assertThat(ins(call).map(CamundaIn::getCamundaTarget))
                        .contains("mesh", "cluster", "failedCluster", "failedStep", "failureText", "failureCode")
                        .contains("approval", "urgent", "mayRollBack", "mayExclude"));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldLeadEveryFailureOfAStepToAPerson(Diagram diagram) {
        assertNone(
                diagram,
                ServiceTask.class,
                task -> !WAIT_FOR_OTHERS.contains(diagram.name())
                        && diagram.hasErrorBoundary(task) == task.getId().equals(ANSWERS_THE_STARTER));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldLeaveProgrammingToJava(Diagram diagram) {
        assertThat(diagram.each(ScriptTask.class)).isEmpty();
        assertThat(diagram.each(Script.class)).isEmpty();
        assertThat(diagram.each(CamundaScript.class)).isEmpty();
        assertNone(diagram, ConditionExpression.class, condition -> condition.getLanguage() != null);
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldAskAQuestionWhereItBranches(Diagram diagram) {
        assertNone(
                diagram,
                ExclusiveGateway.class,
                gateway -> gateway.getOutgoing().size() > 1 ? !asksAndAnswers(gateway) : gateway.getName() != null);
    }

    private static boolean asksAndAnswers(ExclusiveGateway gateway) {
        Collection<SequenceFlow> answers = gateway.getOutgoing();
        return gateway.getName() != null
                && gateway.getName().endsWith("?")
                && answers.stream().allMatch(flow -> flow.getName() != null)
                && answers.stream()
                        .allMatch(flow -> (flow.getConditionExpression() == null) == flow.equals(gateway.getDefault()));
    }

    /** What ends a change, rejects it or takes something away has the value that says so, and is nobody's mistake. */
    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldStopRejectAndRemoveNothingByDefault(Diagram diagram) {
        assertNone(
                diagram,
                ExclusiveGateway.class,
                gateway -> gateway.getDefault() != null
                        && (isFinal(gateway.getDefault().getTarget())
                                || conditions(gateway).anyMatch(condition -> condition.contains("approved"))));
    }

    private static boolean isFinal(FlowNode node) {
        return node instanceof EndEvent || node.getId().matches("(Task|CallActivity)_(Remove|RollBack).*");
    }

    private static Stream<String> conditions(ExclusiveGateway gateway) {
        return gateway.getOutgoing().stream()
                .map(SequenceFlow::getConditionExpression)
                .filter(Objects::nonNull)
                .map(ConditionExpression::getTextContent);
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldNameEveryEvent(Diagram diagram) {
        assertNone(
                diagram,
                Event.class,
                event -> event.getName() == null || event.getName().isBlank());
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldNameDelegatesThatExist(Diagram diagram) {
        Set<String> delegates = Beans.ofType(JavaDelegate.class);
        assertNone(
                diagram,
                ServiceTask.class,
                task -> delegates.stream()
                        .noneMatch(d -> ("${" + d + "}").equals(task.getCamundaDelegateExpression())));
    }

    private static Stream<CamundaIn> ins(CallActivity call) {
        return call.getExtensionElements().getElementsQuery().filterByType(CamundaIn.class).list().stream();
    }

    private static <T extends org.camunda.bpm.model.xml.instance.ModelElementInstance> void assertNone(
            Diagram diagram, Class<T> type, Predicate<T> breaks) {
        assertThat(diagram.each(type).stream().filter(breaks).map(e -> e.getAttributeValue("id")))
                .isEmpty();
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.Changes;
import io.meshspan.engine.incident.IncidentDecisions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;

/** A change as people carry it: requested by one, decided by another, followed to its end. */
public final class PlayedChange {

    /** Of a machine that others use, too. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final ProcessEngine engine;
    private final String id;
    private final String mesh;
    private final Duration limit;

    private PlayedChange(ProcessEngine engine, String id, String mesh, Duration limit) {
        this.engine = engine;
        this.id = id;
        this.mesh = mesh;
        this.limit = limit;
    }

    static PlayedChange request(
            ProcessEngine engine, String person, String process, String mesh, Map<String, Object> inputs) {
        String id = as(
                engine,
                person,
                () -> engine.getRuntimeService()
                        .startProcessInstanceByKey(process, inputs)
                        .getId());
        return new PlayedChange(engine, id, mesh, LIMIT);
    }

    /** A change that a decision in another process began. */
    static PlayedChange running(ProcessEngine engine, String id, String mesh) {
        return new PlayedChange(engine, id, mesh, LIMIT);
    }

    /** The same, with which one has more patience, or less. */
    PlayedChange within(Duration patience) {
        return new PlayedChange(engine, id, mesh, patience);
    }

    /** The same on the engine of another run of the application. */
    PlayedChange on(ProcessEngine other) {
        return new PlayedChange(other, id, mesh, limit);
    }

    public String id() {
        return id;
    }

    /** Claims the task of that name when it is there, and completes it. */
    public void decide(String person, String task, Map<String, Object> decision) {
        decide(person, task(task), decision);
    }

    private void decide(String person, Task found, Map<String, Object> decision) {
        as(engine, person, () -> {
            engine.getTaskService().claim(found.getId(), person);
            engine.getTaskService().complete(found.getId(), decision);
            return found;
        });
    }

    public void approve(String person) {
        Task plan = until(() ->
                open().taskDefinitionKey("Task_ApproveChange").list().stream().findFirst());
        decide(person, plan, Map.of("approved", true, "comment", "go ahead"));
    }

    /** Waits for a task of that name, in the change itself or in a process that it called. */
    public Task task(String name) {
        return until(() -> tasks(name).stream().findFirst());
    }

    /** Those that are open now. */
    List<Task> tasks(String name) {
        return open().taskName(name).list();
    }

    private TaskQuery open() {
        return engine.getTaskService().createTaskQuery().processInstanceBusinessKey(mesh);
    }

    /** What the task of that name shows under a name. */
    public String shown(String task, String name) {
        return String.valueOf(engine.getTaskService().getVariable(task(task).getId(), name));
    }

    /** Waits for the incident of the change, where it came up: in the change itself or in a process that it called. */
    Incident incident() {
        return until(() -> engine.getRuntimeService().createIncidentQuery().processInstanceId(id).list().stream()
                .findFirst()
                .map(shown -> engine.getRuntimeService()
                        .createIncidentQuery()
                        .incidentId(shown.getRootCauseIncidentId())
                        .singleResult()));
    }

    /** What an operator does once the fault is mended. */
    void retry(String person, Incident incident) {
        as(engine, person, () -> {
            engine.getManagementService().setJobRetries(incident.getConfiguration(), 1);
            return incident;
        });
    }

    /** What an operator does who does not wait any longer. */
    void putBeforeAPerson(String person, Incident incident) {
        boolean asked = as(engine, person, () -> new IncidentDecisions(engine).ask(incident.getConfiguration()));
        assertThat(asked).isTrue();
    }

    /** Ends it where it stands; a step that ends at the same moment may come first. */
    public void delete() {
        await().atMost(limit)
                .ignoreException(OptimisticLockingException.class)
                .untilAsserted(() -> engine.getRuntimeService().deleteProcessInstance(id, "as the test has it"));
    }

    /** The id of the end event that the change came to, after those of the frames in it. */
    public String end() {
        return until(() -> hasEnded() ? Optional.of(lastEnd()) : Optional.empty());
    }

    private String lastEnd() {
        return engine.getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(id)
                .activityType("noneEndEvent")
                .finished()
                .orderByHistoricActivityInstanceEndTime()
                .desc()
                .orderPartiallyByOccurrence()
                .desc()
                .list()
                .get(0)
                .getActivityId();
    }

    private boolean hasEnded() {
        return engine.getHistoryService()
                        .createHistoricProcessInstanceQuery()
                        .processInstanceId(id)
                        .finished()
                        .count()
                == 1;
    }

    /** What was written down of it, for example {@code Acquire leases, cluster1, Lease: TAKEN}. */
    List<String> records() {
        return TestApplication.CONTEXT.getBean(Changes.class).of(id).stream()
                .map(ChainedRecord::record)
                .map(record -> "%s, %s, %s: %s %s"
                        .formatted(record.step(), record.cluster(), record.what(), record.result(), record.detail()))
                .toList();
    }

    List<String> activities() {
        return engine
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(id)
                .orderPartiallyByOccurrence()
                .asc()
                .list()
                .stream()
                .map(HistoricActivityInstance::getActivityId)
                .toList();
    }

    String variable(String name) {
        return Optional.ofNullable(engine.getHistoryService()
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(id)
                        .variableName(name)
                        .singleResult())
                .map(HistoricVariableInstance::getValue)
                .map(String::valueOf)
                .orElse("");
    }

    /** What the preflight found and let pass, as the approver reads it. */
    String findings() {
        String[] called =
                engine
                        .getHistoryService()
                        .createHistoricProcessInstanceQuery()
                        .superProcessInstanceId(id)
                        .list()
                        .stream()
                        .map(HistoricProcessInstance::getId)
                        .toArray(String[]::new);
        return String.valueOf(engine.getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceIdIn(called)
                .variableName("findings")
                .singleResult()
                .getValue());
    }

    private <T> T until(Supplier<Optional<T>> question) {
        return await().atMost(limit)
                .pollInterval(Duration.ofMillis(50))
                .until(question::get, Optional::isPresent)
                .orElseThrow();
    }

    private static <T> T as(ProcessEngine engine, String person, Supplier<T> action) {
        engine.getIdentityService().setAuthentication(person, groups(engine, person));
        try {
            return action.get();
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }

    private static List<String> groups(ProcessEngine engine, String person) {
        return engine.getIdentityService().createGroupQuery().groupMember(person).list().stream()
                .map(Group::getId)
                .toList();
    }
}

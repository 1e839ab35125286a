package io.meshspan.process;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

/**
 * The process in which the service asks a person about a mesh.
 *
 * @param task the task in which it asks
 */
record MeshQuestion(String process, String task, ProcessFleet fleet) {

    List<ProcessInstance> open() {
        return instances(process);
    }

    List<Task> tasks() {
        return TestApplication.ENGINE
                .getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(fleet.mesh())
                .taskDefinitionKey(task)
                .list();
    }

    /** The one that is open in a moment. */
    Task asked() {
        return await().atMost(30, TimeUnit.SECONDS)
                .until(this::tasks, tasks -> tasks.size() == 1)
                .get(0);
    }

    static void answer(Task task, Map<String, Object> fields) {
        TestApplication.ENGINE.getIdentityService().setAuthentication("olivia", List.of("operators"));
        try {
            TestApplication.ENGINE.getTaskService().claim(task.getId(), "olivia");
            TestApplication.ENGINE.getTaskService().complete(task.getId(), fields);
        } finally {
            TestApplication.ENGINE.getIdentityService().clearAuthentication();
        }
    }

    /** The change that an answer began. */
    PlayedChange begun(String changes) {
        return PlayedChange.running(
                TestApplication.ENGINE, instances(changes).get(0).getId(), fleet.mesh());
    }

    private List<ProcessInstance> instances(String key) {
        return TestApplication.ENGINE
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey(key)
                .processInstanceBusinessKey(fleet.mesh())
                .list();
    }
}

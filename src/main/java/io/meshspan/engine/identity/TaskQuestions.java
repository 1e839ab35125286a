package io.meshspan.engine.identity;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.stereotype.Component;

/** Reads the forms of open tasks. Whoever may read a change may read what it asks; deciding is another right. */
@Component
public class TaskQuestions {

    private final ProcessEngine engine;

    TaskQuestions(ProcessEngine engine) {
        this.engine = engine;
    }

    /** @throws NullValueException if the task was just completed */
    public TaskQuestion of(String task) {
        return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(commands -> commands.runWithoutAuthorization(() -> read(task, commands)));
    }

    private static TaskQuestion read(String id, CommandContext commands) {
        TaskEntity task = commands.getTaskManager().findTaskById(id);
        if (task == null) {
            throw new NullValueException("There is no task " + id);
        }
        return new TaskQuestion(id, task.getName(), TaskForm.of(task).questions());
    }
}

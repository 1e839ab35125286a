package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/**
 * Lets whoever holds a task give it back, so that somebody else can decide. The engine asks for the right to hand it to
 * anybody, which no role has.
 */
final class HeldTasks extends TaskServiceImpl {

    @Override
    public void setAssignee(String task, @Nullable String person) {
        if (person == null) {
            commandExecutor.execute(new GiveBack(task));
        } else {
            super.setAssignee(task, person);
        }
    }

    private record GiveBack(String task) implements Command<Void> {

        @Override
        public Void execute(CommandContext commands) {
            AssignTaskCmd toNobody = new AssignTaskCmd(task, null);
            return isHolder(commands)
                    ? commands.runWithoutAuthorization(() -> toNobody.execute(commands))
                    : toNobody.execute(commands);
        }

        private boolean isHolder(CommandContext commands) {
            TaskEntity found = commands.getTaskManager().findTaskById(task);
            String person = commands.getAuthenticatedUserId();
            return found != null && person != null && person.equals(found.getAssignee());
        }
    }
}

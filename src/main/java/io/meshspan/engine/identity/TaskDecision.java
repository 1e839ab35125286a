package io.meshspan.engine.identity;

import io.meshspan.approval.InvalidDecision;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.Characters;
import io.meshspan.mesh.InputRules;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;

/** What a decision at a task needs beyond its form, and what it does. */
public interface TaskDecision {

    /** The form of the task. */
    String form();

    /**
     * Carries the decision out, in the transaction that completes the task and with the rights of whoever completes it.
     *
     * @throws io.meshspan.approval.InvalidDecision if the decision lacks something; says what
     */
    void decided(DelegateTask task);

    /**
     * The comment of a decision that needs one.
     *
     * @param expected what it says, for whoever left it out
     * @throws InvalidDecision if a reader would see less than a word
     */
    static String reason(DelegateTask task, String expected) {
        String said = comment(task);
        if (Characters.visible(said) < 3) {
            throw new InvalidDecision("comment: expected %s, found %s"
                    .formatted(expected, Characters.isInvisible(said) ? "nothing" : "\"" + said + "\""));
        }
        return said;
    }

    /** The reason of a change that a decision asks for: what it is about, and the comment as far as there is room for it. */
    static String reasonOfChange(DelegateTask task, String about) {
        String said = comment(task);
        String all = Characters.isInvisible(said) ? about : about + ". " + said;
        if (all.length() <= InputRules.LONGEST_REMARK) {
            return all;
        }
        int end = InputRules.LONGEST_REMARK - 1;
        return all.substring(0, Character.isHighSurrogate(all.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private static String comment(DelegateTask task) {
        return Objects.toString(task.getVariable(VariableNames.COMMENT), "").strip();
    }
}

package io.meshspan.process.calls;

import io.meshspan.engine.model.MeshVariable;
import io.meshspan.verification.MeshVerification;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Makes the calls within the step itself. Only diagrams deployed before {@code call-helloworld} name this delegate. It stays
 * until no change runs on such a diagram. {@code meshspan.node.job-lock} must be longer than its calls take.
 */
@Component
final class CallHelloWorldDelegate implements JavaDelegate {

    private final MeshVerification verification;
    private final MeshVariable members;
    private final NoteAnswersDelegate answers;

    CallHelloWorldDelegate(MeshVerification verification, MeshVariable members, NoteAnswersDelegate answers) {
        this.verification = verification;
        this.members = members;
        this.answers = answers;
    }

    @Override
    public void execute(DelegateExecution execution) {
        answers.note(execution, verification.call(members.staying(execution)));
    }
}

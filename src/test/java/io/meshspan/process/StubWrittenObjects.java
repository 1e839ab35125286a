package io.meshspan.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** Whether a change has written something, as a test says. */
public final class StubWrittenObjects {

    private boolean written;

    void reset(boolean anything) {
        written = anything;
    }

    public boolean anything(DelegateExecution execution) {
        return written;
    }
}

package io.meshspan.process;

import org.camunda.bpm.engine.delegate.VariableScope;

/** The gates as a test sets them: by default those of the default configuration, and every approval young enough. */
public final class StubGates {

    private boolean exposure;
    private boolean acceptance;
    private boolean valid = true;

    void reset() {
        exposure = false;
        acceptance = false;
        valid = true;
    }

    void askForExposure() {
        exposure = true;
    }

    void askForAcceptance() {
        acceptance = true;
    }

    void approvalValid(boolean now) {
        valid = now;
    }

    public String deciders(VariableScope change, String gate) {
        return "change-managers";
    }

    public boolean asksForExposure(VariableScope change) {
        return exposure;
    }

    public boolean asksForAcceptance(VariableScope change) {
        return acceptance;
    }

    public boolean urgent(VariableScope change) {
        return false;
    }

    public String answerWithin(String gate) {
        return "P7D";
    }

    public boolean approvalValid(VariableScope change) {
        return valid;
    }

    public String exposed(VariableScope change) {
        return "cluster1 (network1)";
    }
}

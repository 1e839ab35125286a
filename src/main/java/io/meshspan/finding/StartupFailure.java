package io.meshspan.finding;

/** A problem at start-up without which the service cannot work; reported without a stack trace. */
public class StartupFailure extends RuntimeException {

    private final ExitCode code;
    private final String action;

    /**
     * @param problem what is wrong and where, never a secret's value
     * @param action the next step
     */
    public StartupFailure(ExitCode code, String problem, String action) {
        super(problem);
        this.code = code;
        this.action = action;
    }

    /** Makes one from the failure of a step. */
    public static StartupFailure because(ExitCode code, Finding finding) {
        return new StartupFailure(
                code,
                "%s: expected %s, found %s.".formatted(finding.what(), finding.expected(), finding.found()),
                finding.advice());
    }

    public ExitCode code() {
        return code;
    }

    public String action() {
        return action;
    }
}

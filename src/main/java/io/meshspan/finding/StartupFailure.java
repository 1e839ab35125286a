package io.meshspan.finding;

/** Something without which the service cannot work, found at start-up; told without a stack trace. */
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

    /** Of what would otherwise be told by a failed step. */
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

package io.meshspan.finding;

import java.util.List;

/** An expected failure that a person must judge: a retry would not help. */
public final class StepFailed extends RuntimeException {

    private final FailureCode code;
    private final transient List<Finding> findings;

    public StepFailed(FailureCode code, List<Finding> findings) {
        super(code.meaning() + ":\n" + new Findings(findings).text());
        this.code = code;
        this.findings = List.copyOf(findings);
    }

    public StepFailed(FailureCode code, Finding finding) {
        this(code, List.of(finding));
    }

    public FailureCode code() {
        return code;
    }

    public List<Finding> findings() {
        return findings;
    }
}

package io.meshspan.finding;

/** The expected failures of a step that need a person's decision; each is the code of a BPMN error. */
public enum FailureCode {
    INPUT_REJECTED("The request cannot be carried out"),
    PREFLIGHT_FAILED("The clusters are not ready for this change"),
    CLUSTER_UNKNOWN("A cluster of this change is not in the inventory"),
    DENIED("The cluster does not allow it"),
    INVALID("The cluster refuses the object"),
    CHARTS_UNUSABLE("Istio's charts cannot be rendered"),
    ROOTS_DIFFER("The clusters do not share one root certificate"),
    PLAN_MOVED("What would be applied is no longer what was approved"),
    ADDRESS_UNUSABLE("Other clusters cannot use this address"),
    FAULT_STAYED("A fault that should have passed by itself did not"),
    WAIT_ENDED("What was waited for did not happen in time"),
    VERIFICATION_FAILED("The mesh does not do what it was built for");

    private final String meaning;

    FailureCode(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}

package io.meshspan.notification;

/** The events that receivers can get. */
public enum EventType {
    APPROVAL_WAITING("approval.waiting"),
    APPROVAL_EXPIRING("approval.expiring"),
    DECISION_WAITING("decision.waiting"),

    /** Which part of the work comes next: nothing has failed. */
    CHOICE_WAITING("choice.waiting"),
    INCIDENT_OPENED("incident.opened"),
    CHANGE_ENDED("change.ended"),
    CERTIFICATE_EXPIRING("certificate.expiring"),
    DRIFT("drift"),
    VERIFICATION_FAILED("verification.failed"),
    VERIFICATION_RECOVERED("verification.recovered");

    private final String words;

    EventType(String words) {
        this.words = words;
    }

    /** The type of the CloudEvent. */
    String type() {
        return "io.meshspan." + words;
    }
}

package io.meshspan.engine.identity;

/** The roles, as the ids of their groups; diagrams name them as candidate groups. */
public final class Groups {

    /** Start changes and decide on failures. */
    public static final String OPERATORS = "operators";

    /** Approve or reject changes that somebody else requested. */
    public static final String CHANGE_MANAGERS = "change-managers";

    /** Read everything, change nothing. */
    public static final String AUDITORS = "auditors";

    /** Camunda's own group: grants rights to others; does not include the right to approve. */
    static final String ADMINISTRATORS = org.camunda.bpm.engine.authorization.Groups.CAMUNDA_ADMIN;

    private Groups() {}
}

package io.meshspan.engine.identity;

/** The roles, as the ids of their groups; diagrams name them as candidate groups. */
public final class Groups {

    /** Start changes and decide on failures. */
    public static final String OPERATORS = "operators";

    /** Approve or reject changes that somebody else asked for. */
    public static final String CHANGE_MANAGERS = "change-managers";

    /** Read everything, change nothing. */
    public static final String AUDITORS = "auditors";

    /** Camunda's own group: gives rights to others; approves nothing by that. */
    static final String ADMINISTRATORS = org.camunda.bpm.engine.authorization.Groups.CAMUNDA_ADMIN;

    private Groups() {}
}

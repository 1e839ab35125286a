package io.meshspan.engine.model;

import io.meshspan.plan.ExcludedClustersText;

/** Variables, messages and codes that the diagrams and the delegates share. */
public final class VariableNames {

    // the request
    public static final String MESH_ID = "meshId";
    public static final String CLUSTERS = "clusters";
    public static final String PRIMARY = "primary";
    public static final String ISTIO_VERSION = "istioVersion";
    public static final String HUB = "hub";
    public static final String TAG = "tag";
    public static final String REVISION = "revision";
    public static final String TOKEN_EXPIRATION = "tokenExpiration";
    public static final String INGRESS_GATEWAY = "ingressGateway";
    public static final String DEFAULT_TAG = "defaultTag";
    public static final String VALUES = "values";
    public static final String MESH_FILE = "meshFile";
    public static final String TOPOLOGY = "topology";
    public static final String KEEP_SAMPLE = "keepSample";
    public static final String REQUESTER = "requester";
    public static final String REASON = "reason";
    public static final String URGENT = "urgent";

    // within a called process
    public static final String VERIFY_ONLY = "verifyOnly"; // of changes that an earlier release began
    public static final String CLUSTER = "cluster";
    public static final String CONDITION = "condition";
    public static final String WAIT_UNTIL = "waitUntil";
    public static final String WAITING_FOR = "waitingFor";

    /** The fewest things that were missing in this wait, where they can be counted. */
    public static final String WAIT_MISSING = "waitMissing";

    // decisions of people
    public static final String FINDINGS = "findings";
    public static final String PLAN = "plan";
    public static final String PLAN_SUMMARY = "planSummary";
    public static final String PLAN_DIGEST = "planDigest";
    public static final String APPROVAL = "approval";
    public static final String FAILURE_TEXT = "failureText";

    /** The failed step, by its name in the diagram. */
    public static final String FAILED_STEP = "failedStep";

    /** Whether the person who decides about a failure may exclude the cluster; set by the calling process. */
    public static final String MAY_EXCLUDE = "mayExclude";

    public static final String DECISION = "decision";
    public static final String COMMENT = "comment";

    /** The decision to go on without the failed cluster. */
    public static final String WITHOUT = ExcludedClustersText.WITHOUT;

    /** The only cluster where a step of the whole mesh failed; empty if unknown, or if there are several. */
    public static final String FAILED_CLUSTER = "failedCluster";

    /** The cluster that the form offers to exclude; absent if that is not possible. */
    public static final String LEAVE_OUT = "leaveOut";

    // Leases
    public static final String CLUSTERS_HELD = "clustersHeld";

    // results
    public static final String VERIFIED = "verified";
    public static final String VERIFICATION = "verification";
    public static final String VERIFICATION_TEXT = "verificationText";
    public static final String CALL_AGAIN = "callAgain";
    public static final String CALL_ROUNDS = "callRounds";
    public static final String CALLS = "calls";

    public static final String CONDITION_MET = "ConditionMet";
    public static final String CALLS_ANSWERED = "CallsAnswered";

    /** The message that the awaited condition will not come. */
    public static final String FAILURE_SEEN = "FailureSeen";

    /** What the cluster reported about it, as text for people. */
    public static final String WAIT_FAILURE = "waitFailure";

    public static final String DRIFT_DIGEST = "driftDigest";
    public static final String DRIFT_SUMMARY = "driftSummary";

    // verifications on the schedule
    /** The limit of the whole verification, as ISO 8601 writes a duration. */
    public static final String VERIFY_WITHIN = "verifyWithin";

    public static final String SKIPPED = "skipped";

    /** What ends when, in a few words; set where people are asked about it. */
    public static final String RENEWAL_SUMMARY = "renewalSummary";

    private VariableNames() {}
}

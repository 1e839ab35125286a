package io.meshspan.engine.model;

import io.meshspan.plan.ExcludedClustersText;

/** Variables, messages and codes that diagrams and delegates share. */
public final class VariableNames {

    // what is asked for
    public static final String MESH_ID = "meshId";
    public static final String CLUSTERS = "clusters";
    public static final String PRIMARY = "primary";
    public static final String ISTIO_VERSION = "istioVersion";
    public static final String HUB = "hub";
    public static final String TAG = "tag";
    public static final String REVISION = "revision";
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

    // what people decide on
    public static final String FINDINGS = "findings";
    public static final String PLAN = "plan";
    public static final String PLAN_SUMMARY = "planSummary";
    public static final String PLAN_DIGEST = "planDigest";
    public static final String APPROVAL = "approval";
    public static final String FAILURE_TEXT = "failureText";

    /** The step that failed, by its name in the diagram. */
    public static final String FAILED_STEP = "failedStep";

    /** Whether whoever decides about a failure may go on without the cluster; said by the process that asks. */
    public static final String MAY_EXCLUDE = "mayExclude";

    public static final String DECISION = "decision";
    public static final String COMMENT = "comment";

    /** The decision to go on without the cluster at which a step failed. */
    public static final String WITHOUT = ExcludedClustersText.WITHOUT;

    /** The one cluster at which a step of the whole mesh failed; empty if it is not known, or more than one. */
    public static final String FAILED_CLUSTER = "failedCluster";

    /** The cluster without which the change can go on, for the form; absent where that makes no sense. */
    public static final String LEAVE_OUT = "leaveOut";

    // whose turn it is
    public static final String CLUSTERS_HELD = "clustersHeld";

    // what came of it
    public static final String VERIFIED = "verified";
    public static final String VERIFICATION = "verification";
    public static final String VERIFICATION_TEXT = "verificationText";
    public static final String CALL_AGAIN = "callAgain";
    public static final String CALL_ROUNDS = "callRounds";
    public static final String CALLS = "calls";

    public static final String CONDITION_MET = "ConditionMet";
    public static final String CALLS_ANSWERED = "CallsAnswered";

    /** The message that what is waited for will not come. */
    public static final String FAILURE_SEEN = "FailureSeen";

    /** What the cluster said of it, as people read it. */
    public static final String WAIT_FAILURE = "waitFailure";

    private VariableNames() {}
}

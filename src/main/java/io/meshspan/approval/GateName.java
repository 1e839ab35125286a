package io.meshspan.approval;

/** What people are asked for in a change. */
public enum GateName {

    /** Whether to carry out the plan; always asked. */
    PLAN,

    /** Whether the east-west gateways may be reached from outside; asked before the first object is written. */
    EXPOSURE,

    /** Whether the result is what was wanted; asked after the verification. */
    ACCEPTANCE
}

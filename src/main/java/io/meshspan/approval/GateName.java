package io.meshspan.approval;

/** What people decide in a change. */
public enum GateName {

    /** Whether to carry out the plan; always asked. */
    PLAN,

    /** Whether the east-west gateways may get external addresses; asked before the first object is written. */
    EXPOSURE,

    /** Whether the result is as intended; asked after the verification. */
    ACCEPTANCE
}

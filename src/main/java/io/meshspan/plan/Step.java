package io.meshspan.plan;

/** The steps of a change that write to clusters, in the order of the guide; each object of a plan belongs to one. */
public enum Step {
    NAMESPACE,
    TRUST,
    CONTROL_PLANE,
    INGRESS_GATEWAY,
    GATEWAY,
    EXPOSE_ISTIOD,
    EXPOSE_SERVICES,
    ENDPOINT_DISCOVERY,

    /** HelloWorld, only during the verification. */
    SAMPLE
}

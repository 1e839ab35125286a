package io.meshspan.sandbox;

/** What a load balancer of a sandbox cluster gets as its address. */
public enum AddressKind {
    IP,
    HOSTNAME,
    NONE
}

package io.meshspan.trust;

/**
 * The CA that a change wants in a cluster's {@code Secret istio-system/cacerts}.
 *
 * @param identity what a person approves: the root, or who will sign
 * @param note the same for people, with the source
 */
public record DesiredCa(String identity, String note) {}

package io.meshspan.trust;

/**
 * What the change wants of a cluster's {@code Secret istio-system/cacerts}.
 *
 * @param identity what is approved: under which root, or by whom it will be signed
 * @param note the same for people, with the source
 */
public record DesiredCa(String identity, String note) {}

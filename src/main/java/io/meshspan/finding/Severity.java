package io.meshspan.finding;

/** How much a finding matters: a blocking one stops the change, the others inform whoever decides. */
public enum Severity {
    BLOCKING,
    WARNING,
    NOTE
}

package io.meshspan.finding;

/** The severity of a finding: a blocking one stops the change, the others inform the person who decides. */
public enum Severity {
    BLOCKING,
    WARNING,
    NOTE
}

package io.meshspan.trust;

import io.meshspan.finding.Finding;

/** The service cannot seal or check records at the moment, because {@code evidence.p12} does not open. */
public final class EvidenceKeyUnusable extends RuntimeException {

    private final transient Finding finding;

    EvidenceKeyUnusable(Finding finding) {
        super(finding.toString());
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}

package io.meshspan.trust;

import io.meshspan.finding.Finding;

/** Records cannot be sealed or checked at the moment: {@code evidence.p12} cannot be opened. */
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

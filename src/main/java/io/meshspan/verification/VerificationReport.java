package io.meshspan.verification;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Optional;

/** The outcome of a verification: what was measured, and what is wrong. Jackson writes it and reads it back. */
@JsonIgnoreProperties(value = "verified", allowGetters = true)
public record VerificationReport(ControlPlaneReport controlPlanes, CallReport calls, List<Finding> findings) {

    public VerificationReport {
        findings = List.copyOf(findings);
    }

    /** Whether every control plane is in sync and every version was heard from every cluster. */
    @JsonProperty
    public boolean verified() {
        return controlPlanes.synced() && calls.complete();
    }

    /** The one cluster without which the others would be verified; empty if there is none, or more than one. */
    public Optional<ClusterName> soleCause() {
        return verified() ? Optional.empty() : SoleCause.of(this);
    }

    /** The report for people, in plain text of several lines. */
    public String text() {
        return ReportText.of(this);
    }
}

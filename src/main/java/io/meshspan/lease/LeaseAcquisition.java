package io.meshspan.lease;

import java.util.List;
import java.util.stream.Collectors;

/** The result of asking for all clusters of a change: all of them are held, or none. */
public record LeaseAcquisition(List<LeaseClaim> claims) {

    public LeaseAcquisition {
        claims = List.copyOf(claims);
    }

    public boolean complete() {
        return claims.stream().noneMatch(LeaseClaim::refused);
    }

    /** The changes that hold the clusters, cluster by cluster; empty if there are none. */
    public String inTheWay() {
        return claims.stream()
                .filter(LeaseClaim::refused)
                .map(claim -> claim.finding().toString())
                .collect(Collectors.joining("\n"));
    }
}

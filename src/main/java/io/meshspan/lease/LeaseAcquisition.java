package io.meshspan.lease;

import java.util.List;
import java.util.stream.Collectors;

/** What came of asking for all clusters of a change: all of them are held, or none. */
public record LeaseAcquisition(List<LeaseClaim> claims) {

    public LeaseAcquisition {
        claims = List.copyOf(claims);
    }

    public boolean complete() {
        return claims.stream().noneMatch(LeaseClaim::refused);
    }

    /** Who is in the way, cluster by cluster; empty if nobody is. */
    public String inTheWay() {
        return claims.stream()
                .filter(LeaseClaim::refused)
                .map(claim -> claim.finding().toString())
                .collect(Collectors.joining("\n"));
    }
}

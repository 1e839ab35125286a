package io.meshspan.lease;

import java.util.List;
import java.util.stream.Collectors;

/** What came of asking for all clusters of a change: all of them are held, or none. */
public record Holding(List<Claim> claims) {

    public Holding {
        claims = List.copyOf(claims);
    }

    public boolean complete() {
        return claims.stream().noneMatch(Claim::refused);
    }

    /** Who is in the way, cluster by cluster; empty if nobody is. */
    public String inTheWay() {
        return claims.stream()
                .filter(Claim::refused)
                .map(claim -> claim.finding().toString())
                .collect(Collectors.joining("\n"));
    }
}

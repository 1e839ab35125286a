package io.meshspan.trust;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When a certificate is valid, in whole seconds as X.509 has them. */
record Validity(Instant from, Instant until) {

    /** The clocks of clusters differ by seconds: a certificate that starts "now" is not yet valid for some. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    Validity {
        from = from.truncatedTo(ChronoUnit.SECONDS);
        until = until.truncatedTo(ChronoUnit.SECONDS);
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("valid until %s but only from %s".formatted(until, from));
        }
    }

    static Validity startingBefore(Instant now, Duration length) {
        Instant from = now.minus(CLOCK_SKEW);
        return new Validity(from, from.plus(length));
    }

    /** The part of this that the issuer covers too: nobody can rely on a certificate beyond its issuer's end. */
    Validity within(X509Certificate issuer) {
        Instant issuerFrom = issuer.getNotBefore().toInstant();
        Instant issuerUntil = issuer.getNotAfter().toInstant();
        return new Validity(
                from.isBefore(issuerFrom) ? issuerFrom : from, until.isAfter(issuerUntil) ? issuerUntil : until);
    }
}

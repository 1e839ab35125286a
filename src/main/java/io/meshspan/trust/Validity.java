package io.meshspan.trust;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time in which a certificate is valid, in whole seconds as in X.509. */
record Validity(Instant from, Instant until) {

    /** The clocks of clusters differ by seconds: some clusters would refuse a certificate that starts "now". */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final long HOUR = 3600;

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

    /**
     * Ends an hour or two before the issuer where it would end later, so that two certificates of one issuer do not end in the
     * same second: istiod tells only by that second which one it uses.
     */
    Validity endingApart(X509Certificate issuer, Instant now) {
        Instant latest = issuer.getNotAfter().toInstant().minusSeconds(HOUR + now.getEpochSecond() % HOUR);
        return until.isAfter(latest) && latest.isAfter(from) ? new Validity(from, latest) : this;
    }

    /** The part of this time that the issuer also covers: nobody can rely on a certificate after its issuer has expired. */
    Validity within(X509Certificate issuer) {
        Instant issuerFrom = issuer.getNotBefore().toInstant();
        Instant issuerUntil = issuer.getNotAfter().toInstant();
        return new Validity(
                from.isBefore(issuerFrom) ? issuerFrom : from, until.isAfter(issuerUntil) ? issuerUntil : until);
    }
}

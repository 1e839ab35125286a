package io.meshspan.trust;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Checks whether a certificate is valid now, and for how long it stays valid. */
final class CertificateDates {

    static final Duration SOON = Duration.ofDays(30);

    private CertificateDates() {}

    static Optional<Finding> judge(String where, String what, X509Certificate certificate, Instant now, String advice) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            return Optional.of(Finding.blocking(
                    where,
                    what,
                    "valid at " + now,
                    "not valid before " + from,
                    "Check the clock of this service; if it is right: " + advice));
        }
        if (now.isAfter(until)) {
            return Optional.of(Finding.blocking(where, what, "valid at " + now, "expired at " + until, advice));
        }
        if (until.isBefore(now.plus(SOON))) {
            return Optional.of(new Finding(
                    Severity.WARNING,
                    where,
                    what,
                    "valid for more than %d days".formatted(SOON.toDays()),
                    "expires at " + until,
                    "Before then: " + advice));
        }
        return Optional.empty();
    }
}

package io.meshspan.web.oidc;

import io.meshspan.engine.identity.ExternalPerson;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a browser's session that belongs to a sign-in at an identity provider; in memory only.
 *
 * @param idToken for the sign-out at the provider
 * @param refreshToken null if the provider gave none
 * @param began the time of the sign-in
 * @param confirmed when the provider last confirmed the person and the groups
 * @param tried when the provider was last asked
 */
record OidcSession(
        String provider,
        ExternalPerson person,
        String idToken,
        @Nullable String refreshToken,
        Instant began,
        Instant confirmed,
        Instant tried)
        implements Serializable {

    /** The number of refreshes that a provider may miss before its people are signed out. */
    private static final int SILENT = 3;

    static OidcSession begun(
            String provider, ExternalPerson person, String idToken, @Nullable String refreshToken, Instant now) {
        return new OidcSession(provider, person, idToken, refreshToken, now, now, now);
    }

    OidcSession confirmed(ExternalPerson now, String newIdToken, String newRefreshToken, Instant at) {
        return new OidcSession(provider, now, newIdToken, newRefreshToken, began, at, at);
    }

    OidcSession silent(Instant at) {
        return new OidcSession(provider, person, idToken, refreshToken, began, confirmed, at);
    }

    boolean isOver(Duration longest, Instant now) {
        return now.isAfter(began.plus(longest));
    }

    boolean isDue(Duration every, Instant now) {
        return refreshToken != null && now.isAfter(tried.plus(every));
    }

    /** The provider's last answer is too old to be trusted. */
    boolean isStale(Duration every, Instant now) {
        return now.isAfter(confirmed.plus(every.multipliedBy(SILENT)));
    }

    /** Keeps tokens and names out of logs. */
    @Override
    public String toString() {
        return "sign-in of %s at %s".formatted(person.id(), provider);
    }
}

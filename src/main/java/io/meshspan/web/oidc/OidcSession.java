package io.meshspan.web.oidc;

import io.meshspan.engine.identity.ExternalPerson;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a browser's session keeps of a sign-in at an identity provider; in memory, and nowhere else.
 *
 * @param idToken for the sign-out at the provider
 * @param refreshToken null if the provider gave none
 * @param began when the person signed in
 * @param confirmed when the provider last said that the person is who they are, in these groups
 * @param tried when it was last asked
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

    /** For how many refreshes a provider may be silent before its people are signed out. */
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

    /** The provider has not answered for too long for what it said last to count. */
    boolean isStale(Duration every, Instant now) {
        return now.isAfter(confirmed.plus(every.multipliedBy(SILENT)));
    }

    /** Neither tokens nor names into a log. */
    @Override
    public String toString() {
        return "sign-in of %s at %s".formatted(person.id(), provider);
    }
}

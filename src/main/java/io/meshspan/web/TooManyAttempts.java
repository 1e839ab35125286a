package io.meshspan.web;

import org.springframework.security.authentication.AccountStatusException;

/** The password was not checked, because of too many wrong ones before it. No other provider is asked, either. */
final class TooManyAttempts extends AccountStatusException {

    private final long retryAfterSeconds;

    TooManyAttempts(long retryAfterSeconds) {
        super("Too many wrong passwords were tried. The password was not checked this time: try again in %d s"
                .formatted(retryAfterSeconds));
        this.retryAfterSeconds = retryAfterSeconds;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}

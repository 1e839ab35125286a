package io.meshspan.web;

import org.springframework.security.core.AuthenticationException;

/** The password was not looked at: too many wrong ones came before it. */
final class TooManyAttempts extends AuthenticationException {

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

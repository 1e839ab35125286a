package io.meshspan.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a credential until it is due or refused. It asks for a new one only once, even if many calls wait for it. It keeps a
 * failure for some seconds, so that the calls of one step do not each start a failing plugin.
 */
final class RenewedCredential implements CredentialSource {

    private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);

    private final Supplier<Credential> source;
    private final Clock clock;
    private @Nullable Credential kept;
    private @Nullable LoginFailed failure;
    private Instant failed = Instant.EPOCH;

    RenewedCredential(Supplier<Credential> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public synchronized Credential current() {
        Credential now = kept;
        return now == null || now.isDue(clock.instant()) ? fetched() : now;
    }

    @Override
    public synchronized boolean renew(Credential refused) {
        Credential now = kept;
        return (now != null && !now.equals(refused)) || !fetched().equals(refused);
    }

    private Credential fetched() {
        LoginFailed before = failure;
        if (before != null && clock.instant().isBefore(failed.plus(FAILURE_KEPT))) {
            throw before;
        }
        try {
            Credential fresh = source.get();
            failure = null;
            kept = fresh;
            return fresh;
        } catch (LoginFailed e) {
            failure = e;
            failed = clock.instant();
            kept = null;
            throw e;
        }
    }
}

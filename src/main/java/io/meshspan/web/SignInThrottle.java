package io.meshspan.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Limits how often passwords can be tried. Only wrong passwords count: per account and address together. They also count per
 * address alone and per account alone, until that account has logged in from that address; so the mistakes of others do not
 * block a pipeline. Further attempts wait in a queue, first come, first served. No account is ever locked, and a right
 * password gets in within seconds while somebody else guesses. Each node counts separately.
 */
@Component
class SignInThrottle {

    private static final Logger LOG = LoggerFactory.getLogger(SignInThrottle.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
    /** Each waiting request holds a thread, and the web server has 200. */
    private static final int MOST_WAITING = 40;

    private static final int MOST_KEYS = 50_000;
    private static final int LONGEST_ACCOUNT = 100;

    private record Pair(String address, String account) {}

    private final Cache<Pair, Limit> pairs = kept(Duration.ofHours(1));
    private final Cache<String, Limit> addresses = kept(Duration.ofHours(1));
    private final Cache<String, Limit> accounts = kept(Duration.ofHours(1));
    private final Cache<Pair, Boolean> known = kept(Duration.ofDays(7));
    private final Cache<String, Boolean> warned = Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    private static <K, V> Cache<K, V> kept(Duration unused) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(unused)
                .build();
    }

    /**
     * @param check checks the password; not called if the turn does not come
     * @return the result of the check
     * @throws TooManyAttempts if the turn does not come within seconds
     */
    <T> Optional<T> attempt(String address, String account, Supplier<Optional<T>> check) {
        Pair pair = new Pair(network(address), account.substring(0, Math.min(account.length(), LONGEST_ACCOUNT)));
        List<Limit> taken = take(pair, limits(pair));
        boolean wrong = false;
        try {
            Optional<T> found = check.get();
            wrong = found.isEmpty();
            if (!wrong) {
                known.put(pair, true);
            }
            return found;
        } finally {
            if (!wrong) {
                taken.forEach(Limit::giveBack);
            }
        }
    }

    private List<Limit> limits(Pair pair) {
        Limit own = pairs.get(pair, key -> new Limit(10, 2));
        return known.getIfPresent(pair) != null
                ? List.of(own)
                : List.of(
                        own,
                        addresses.get(pair.address(), key -> new Limit(60, 5)),
                        accounts.get(pair.account(), key -> new Limit(60, 5)));
    }

    private List<Limit> take(Pair pair, List<Limit> limits) {
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        List<Limit> taken = new ArrayList<>();
        for (Limit limit : limits) {
            if (limit.takeAtOnce() || waitFor(limit, until)) {
                taken.add(limit);
            } else {
                taken.forEach(Limit::giveBack);
                warn(pair.address());
                throw new TooManyAttempts(limit.secondsUntilNext());
            }
        }
        return taken;
    }

    private boolean waitFor(Limit limit, long until) {
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            return limit.takeInTurn(until);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }

    private void warn(String address) {
        if (warned.asMap().putIfAbsent(address, true) == null) {
            LOG.warn("Too many wrong passwords from {}, or for an account that it asks for", address);
        }
    }

    /** A user with an IPv6 address usually has a whole network of them. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) + "::/64" : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /** A number of wrong passwords at once, and a number more each second. */
    private static final class Limit {

        private final Bucket bucket;
        private final Semaphore turn = new Semaphore(1, true);
        /** Wakes the attempt whose turn it is. */
        private final Semaphore givenBack = new Semaphore(0);

        Limit(int atOnce, int eachSecond) {
            bucket = Bucket.builder()
                    .addLimit(limit -> limit.capacity(atOnce).refillGreedy(eachSecond, Duration.ofSeconds(1)))
                    .build();
        }

        boolean takeAtOnce() {
            return turn.availablePermits() > 0 && bucket.tryConsume(1);
        }

        boolean takeInTurn(long until) throws InterruptedException {
            if (!turn.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            try {
                givenBack.drainPermits();
                while (!bucket.tryConsume(1)) {
                    long left = until - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    givenBack.tryAcquire(Math.min(left, nanosUntilNext()), TimeUnit.NANOSECONDS);
                }
                return true;
            } finally {
                turn.release();
            }
        }

        void giveBack() {
            bucket.addTokens(1);
            if (givenBack.availablePermits() == 0) {
                givenBack.release();
            }
        }

        private long nanosUntilNext() {
            return bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        }

        long secondsUntilNext() {
            return 1 + TimeUnit.NANOSECONDS.toSeconds(nanosUntilNext());
        }
    }
}

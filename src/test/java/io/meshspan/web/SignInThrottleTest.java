package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private final SignInThrottle throttle = new SignInThrottle();
    private final AtomicInteger checks = new AtomicInteger();

    @Test
    void shouldLetTheRightPasswordInAtOnceAfterSomeWrongOnes() {
        wrong("10.0.0.1", "carla", 9);

        assertThat(timeOf("10.0.0.1", "carla")).isLessThan(AT_ONCE);
    }

    /** Given one guess at a time without a pause, which each waits for its turn. */
    @Test
    void shouldLetTheRightPasswordInWithinSecondsWhileSomebodyGuessesFromTheSameAddress() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService strangers = Executors.newFixedThreadPool(2);
        List<Future<?>> guessing = new ArrayList<>();
        for (int stranger = 0; stranger < 2; stranger++) {
            guessing.add(strangers.submit(() -> {
                while (!enough.get()) {
                    guess("10.0.0.1", "carla");
                }
            }));
        }
        try {
            while (checks.get() < 10) {
                Thread.onSpinWait();
            }
            assertThat(timeOf("10.0.0.1", "carla")).isLessThan(Duration.ofSeconds(3));
        } finally {
            enough.set(true);
            for (Future<?> stranger : guessing) {
                stranger.get();
            }
            strangers.shutdown();
        }
    }

    @Test
    void shouldCheckNoMoreThanSomeASecond() throws Exception {
        int before = checks.get();
        ExecutorService strangers = Executors.newFixedThreadPool(40);
        List<Future<?>> guesses = new ArrayList<>();
        for (int guess = 0; guess < 50; guess++) {
            guesses.add(strangers.submit(() -> guess("10.0.0.1", "carla")));
        }
        for (Future<?> guess : guesses) {
            guess.get();
        }
        strangers.shutdown();

        assertThat(checks.get() - before).isBetween(5, 25);
    }

    /** A pipeline that signs in all day, and somebody who tries names and passwords behind the same address. */
    @Test
    void shouldNotHitAnAccountThatSignedInFromThereByTheMistakesOfOthers() {
        right("10.0.0.1", "pipeline");
        for (int name = 0; name < 60; name++) {
            guess("10.0.0.1", "name" + name);
        }
        for (int address = 0; address < 60; address++) {
            guess("10.0.1." + address, "pipeline");
        }

        assertThat(timeOf("10.0.0.1", "pipeline")).isLessThan(AT_ONCE);
        assertThat(timeOf("10.0.0.1", "pipeline")).isLessThan(AT_ONCE);
    }

    @Test
    void shouldNotCountRightPasswords() {
        Instant begin = Instant.now();

        for (int request = 0; request < 500; request++) {
            right("10.0.0.1", "pipeline");
        }

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void shouldCountAnIpv6NetworkAsOneAddress() {
        for (int host = 0; host < 70; host++) {
            guess("2001:db8:1:2::" + host, "name" + host % 30);
        }

        assertThat(timeOf("2001:db8:1:3::1", "name0")).isLessThan(AT_ONCE);
        assertThat(timeOf("2001:db8:1:2::99", "name99")).isGreaterThan(Duration.ofMillis(50));
    }

    /** So that a browser, or a pipeline, knows when. */
    @Test
    void shouldSayWhenToTryAgain() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> wrong("10.0.0.1", "carla", 11))
                    .isInstanceOfSatisfying(
                            TooManyAttempts.class,
                            told -> assertThat(told.retryAfterSeconds()).isBetween(1L, 3L));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private void wrong(String address, String account, int times) {
        for (int attempt = 0; attempt < times; attempt++) {
            throttle.attempt(address, account, Optional::empty);
        }
    }

    private void guess(String address, String account) {
        try {
            throttle.attempt(address, account, () -> {
                checks.incrementAndGet();
                return Optional.empty();
            });
        } catch (TooManyAttempts told) {
            assertThat(told.retryAfterSeconds()).isPositive();
        }
    }

    private Duration timeOf(String address, String account) {
        Instant begin = Instant.now();
        right(address, account);
        return Duration.between(begin, Instant.now());
    }

    private void right(String address, String account) {
        assertThat(throttle.attempt(address, account, () -> Optional.of(account)))
                .contains(account);
    }
}

package io.meshspan.sandbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A while in which an API server neither answers nor refuses. */
final class SilentApiServer {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private long until = System.nanoTime();

    void begin(Duration duration) {
        set(System.nanoTime() + duration.toNanos());
    }

    void end() {
        set(System.nanoTime());
    }

    private void set(long at) {
        lock.lock();
        try {
            until = at;
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How much longer it lasts; zero or less if it is over. */
    Duration rest() {
        lock.lock();
        try {
            return Duration.ofNanos(until - System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** Holds the web server's one thread, and with it every connection of the cluster, as a stopped process would. */
    void await() {
        lock.lock();
        try {
            long rest = until - System.nanoTime();
            while (rest > 0) {
                over.await(rest, TimeUnit.NANOSECONDS);
                rest = until - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}

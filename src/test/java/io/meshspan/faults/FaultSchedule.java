package io.meshspan.faults;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which call meets which fault. It depends on the seed, the call and how often it came, and not on the order in which
 * threads get there: the same run meets the same faults.
 */
public final class FaultSchedule {

    private record Kind(long seed, double share, List<InjectedFault> faults) {}

    private static final Kind CALM = new Kind(0, 0, List.of());

    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    private final Map<InjectedFault, AtomicInteger> met = new ConcurrentHashMap<>();
    private volatile Kind kind = CALM;

    /** From now on this share of the calls meets one of these faults. */
    public void turn(long seed, double share, InjectedFault... faults) {
        kind = new Kind(seed, share, List.of(faults));
    }

    /** How often a fault was met. */
    public int met(InjectedFault injectedFault) {
        return met.computeIfAbsent(injectedFault, first -> new AtomicInteger()).get();
    }

    Optional<InjectedFault> next(String call) {
        Kind now = kind;
        int number = seen.computeIfAbsent(call, first -> new AtomicInteger()).getAndIncrement();
        Random random = new Random(Objects.hash(now.seed, call, number));
        random.nextInt();
        if (random.nextDouble() >= now.share) {
            return Optional.empty();
        }
        InjectedFault injectedFault = now.faults.get(random.nextInt(now.faults.size()));
        met.computeIfAbsent(injectedFault, first -> new AtomicInteger()).incrementAndGet();
        return Optional.of(injectedFault);
    }
}

package io.meshspan.trust;

/** What has happened once a phase of a root's rotation is done in all clusters; each begins where the one before it ended. */
public enum RootPhase {
    /** All workloads trust both roots; all still have certificates that lead to the old one. */
    BOTH_TRUSTED(1, "all workloads trust the old root and the new one"),

    /** All workloads have certificates that lead to the new root, and still trust both. */
    NEW_INTERMEDIATES(2, "all workloads have certificates that lead to the new root"),

    /** Nothing trusts the old root any more, once each proxy has renewed its certificate. */
    OLD_REMOVED(3, "the old root is no longer trusted");

    private final int number;
    private final String words;

    RootPhase(int number, String words) {
        this.number = number;
        this.words = words;
    }

    public String inWords() {
        return words;
    }

    /** Counted from 1. */
    public int number() {
        return number;
    }

    /** @throws IllegalArgumentException if there is no such phase */
    public static RootPhase of(int number) {
        if (number < 1 || number > values().length) {
            throw new IllegalArgumentException("no phase %d of %d".formatted(number, values().length));
        }
        return values()[number - 1];
    }

    /**
     * Whether proxies must have a certificate of this phase before the next one may begin. A proxy learns the trusted roots
     * together with its certificate, and asks for that at its start and every twelve hours or so.
     */
    public boolean renewsWorkloads() {
        return this != OLD_REMOVED;
    }
}

package io.meshspan.expiry;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A credential of a mesh, in the clusters where it ends soon.
 *
 * @param ends by cluster, the earliest first
 */
public record ExpiringCredential(WatchedCredential credential, List<End> ends) {

    public ExpiringCredential {
        ends = ends.stream()
                .sorted(Comparator.comparing(End::at).thenComparing(End::cluster))
                .toList();
    }

    /** When something in a cluster ends. */
    public record End(String cluster, String what, Instant at) {}

    public Instant first() {
        return ends.get(0).at();
    }

    public List<String> clusters() {
        return ends.stream().map(End::cluster).distinct().sorted().toList();
    }

    /** The number of days ahead that counts now: the smallest that is not yet over. */
    public Optional<Integer> threshold(List<Integer> daysAhead, Instant now) {
        Duration left = Duration.between(now, first());
        return daysAhead.stream()
                .filter(days -> left.compareTo(Duration.ofDays(days)) <= 0)
                .min(Comparator.naturalOrder());
    }

    /** As a list for people. */
    public String text() {
        return ends.stream()
                .map(end -> "- **%s**: %s ends at %s".formatted(end.cluster(), end.what(), end.at()))
                .collect(Collectors.joining("\n"));
    }
}

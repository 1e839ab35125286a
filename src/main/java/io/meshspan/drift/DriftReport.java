package io.meshspan.drift;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.meshspan.difference.ContentHash;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The result of one check of a declared mesh.
 *
 * @param version of the declared mesh
 * @param unread the clusters that could not be compared: their earlier differences may still exist
 * @param gaps what could not be checked, and why; a gap is not drift
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DriftReport(
        String mesh, int version, Instant at, List<String> unread, List<DriftedObject> items, List<String> gaps) {

    public DriftReport {
        unread = List.copyOf(unread);
        items = List.copyOf(items);
        gaps = List.copyOf(gaps);
    }

    /** This report without the differences that people accepted or ignore. */
    DriftReport without(Set<String> digests) {
        return new DriftReport(
                mesh,
                version,
                at,
                unread,
                items.stream().filter(item -> !digests.contains(item.digest())).toList(),
                gaps);
    }

    /** This report, with earlier differences of the clusters that it could not compare. */
    DriftReport after(DriftReport earlier) {
        List<DriftedObject> all = Stream.concat(
                        items.stream(),
                        earlier.items().stream()
                                .filter(item -> unread.contains(item.cluster()) && !items.contains(item)))
                .toList();
        return new DriftReport(mesh, version, at, unread, all, gaps);
    }

    /** Equal for the same differences. */
    public String digest() {
        return ContentHash.ofObject(
                items.stream().map(DriftedObject::digest).sorted().toList());
    }

    /** One line. */
    public String summary() {
        long clusters = items.stream().map(DriftedObject::cluster).distinct().count();
        return items.isEmpty()
                ? "none"
                : "%s in %s"
                        .formatted(
                                items.size() == 1 ? "1 difference" : items.size() + " differences",
                                clusters == 1 ? items.get(0).cluster() : clusters + " clusters");
    }
}

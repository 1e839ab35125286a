package io.meshspan.plan;

import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.ObjectRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Objects that clusters get for every other cluster, mostly remote secrets: lines that differ only by a name become one. */
final class PeerObjectLines {

    private static final int FEW = 4;
    private static final String OTHER = "OTHER";

    private final ClusterNames names;
    private final Map<ObjectLine, List<List<String>>> alike = new LinkedHashMap<>();

    PeerObjectLines(ClusterNames names, Map<List<String>, List<ObjectLine>> groups) {
        this.names = names;
        groups.forEach((clusters, lines) -> pattern(clusters, lines)
                .ifPresent(pattern -> alike.computeIfAbsent(pattern, first -> new ArrayList<>())
                        .add(clusters)));
        alike.values().removeIf(groupsAlike -> groupsAlike.size() <= FEW);
    }

    /** Whether this class writes the line of these clusters. */
    boolean tells(List<String> clusters) {
        return alike.values().stream().anyMatch(groups -> groups.contains(clusters));
    }

    Stream<String> lines() {
        return alike.entrySet().stream().map(entry -> line(entry.getKey(), entry.getValue()));
    }

    private String line(ObjectLine pattern, List<List<String>> groups) {
        List<String> others = groups.stream().flatMap(this::leftOut).toList();
        return "- In each cluster, for every %s of %s but itself, create %s (%d in all)"
                .formatted(
                        OTHER,
                        names.inWords(others),
                        pattern.full().substring(2),
                        groups.stream().mapToInt(List::size).sum());
    }

    private Optional<ObjectLine> pattern(List<String> clusters, List<ObjectLine> lines) {
        List<String> others = leftOut(clusters).toList();
        boolean one = others.size() == 1 && lines.size() == 1 && lines.get(0).outcome() == ApplyOutcome.CREATED;
        return one ? pattern(others.get(0), lines.get(0)) : Optional.empty();
    }

    private static Optional<ObjectLine> pattern(String other, ObjectLine line) {
        ObjectRef object = line.object();
        if (!object.name().endsWith("-" + other)) {
            return Optional.empty();
        }
        String name = object.name().substring(0, object.name().length() - other.length()) + OTHER;
        ObjectRef renamed = new ObjectRef(object.apiVersion(), object.kind(), object.namespace(), name);
        String note = line.note().endsWith(" " + other)
                ? line.note().substring(0, line.note().length() - other.length()) + OTHER
                : line.note();
        return Optional.of(new ObjectLine(line.outcome(), renamed, line.changes(), line.left(), note, line.mark()));
    }

    private Stream<String> leftOut(List<String> clusters) {
        return names.without(clusters);
    }
}

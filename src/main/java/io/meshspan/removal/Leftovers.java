package io.meshspan.removal;

import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is left of Istio in each cluster after a removal. */
public record Leftovers(SortedMap<ClusterName, List<ObjectRef>> objects) {

    public Leftovers {
        objects = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    public boolean none() {
        return objects.values().stream().allMatch(List::isEmpty);
    }

    public String text() {
        return objects.entrySet().stream()
                .map(e -> "%s: %s".formatted(e.getKey(), e.getValue().isEmpty() ? "nothing" : listed(e.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static String listed(List<ObjectRef> objects) {
        return objects.stream().map(ObjectRef::toString).collect(Collectors.joining(", "));
    }
}

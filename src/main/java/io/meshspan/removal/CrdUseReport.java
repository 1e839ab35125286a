package io.meshspan.removal;

import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The objects that are deleted with the approved CustomResourceDefinitions, cluster by cluster. */
public record CrdUseReport(SortedMap<ClusterName, List<CrdInUse>> uses) {

    public CrdUseReport {
        uses = Collections.unmodifiableSortedMap(new TreeMap<>(uses));
    }

    public boolean none() {
        return uses.values().stream().flatMap(List::stream).noneMatch(CrdInUse::used);
    }

    /** Every object by cluster, as the record names it. */
    public SortedMap<String, List<String>> names() {
        SortedMap<String, List<String>> names = new TreeMap<>();
        uses.forEach((cluster, kinds) -> names.put(
                cluster.value(),
                kinds.stream()
                        .flatMap(kind -> kind.objects().stream())
                        .map(ObjectRef::toString)
                        .toList()));
        return names;
    }

    /** In Markdown: the kinds in use, and the number of the others. */
    public String text() {
        if (uses.isEmpty()) {
            return "There is no CRD left to delete.";
        }
        return uses.entrySet().stream()
                .map(each -> "**In %s**\n\n%s".formatted(each.getKey(), lines(each.getValue())))
                .collect(Collectors.joining("\n\n"));
    }

    private static String lines(List<CrdInUse> kinds) {
        List<CrdInUse> used = kinds.stream().filter(CrdInUse::used).toList();
        String lines = used.stream()
                .map(kind -> "- %s: %s\n".formatted(kind.definition().name(), kind.inWords()))
                .collect(Collectors.joining());
        return "%s- %d CRDs of whose kinds there is no object".formatted(lines, kinds.size() - used.size());
    }
}

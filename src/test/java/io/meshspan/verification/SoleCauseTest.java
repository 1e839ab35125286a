package io.meshspan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.mesh.ClusterName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Three primaries, of which cluster1 runs v1 and so on. */
class SoleCauseTest {

    private static final List<String> ALL = List.of("cluster1", "cluster2", "cluster3");

    @Test
    void shouldBeTheClusterThatNobodyHears() {
        assertThat(report(Set.of(), Map.of("cluster1", "v3", "cluster2", "v3")).soleCause())
                .contains(new ClusterName("cluster3"));
    }

    @Test
    void shouldBeTheClusterWhoseClientCouldNotCall() {
        assertThat(report(Set.of("cluster2"), Map.of()).soleCause()).contains(new ClusterName("cluster2"));
    }

    /** Either of the two could be left out: it is for a person to find out which. */
    @Test
    void shouldBeNoneWhereTwoDoNotMeet() {
        assertThat(report(Set.of(), Map.of("cluster1", "v3", "cluster3", "v1")).soleCause())
                .isEmpty();
    }

    @Test
    void shouldBeNoneWhereTwoAreBroken() {
        assertThat(report(Set.of("cluster2", "cluster3"), Map.of()).soleCause()).isEmpty();
    }

    @Test
    void shouldBeNoneWhereAllIsWell() {
        assertThat(report(Set.of(), Map.of()).soleCause()).isEmpty();
    }

    /** @param silent which version a cluster does not hear */
    private static VerificationReport report(Set<String> notMeasured, Map<String, String> silent) {
        SortedMap<ClusterName, ClusterCalls> from = new TreeMap<>();
        SortedMap<ClusterName, String> versions = new TreeMap<>();
        SortedMap<ClusterName, ControlPlaneView> readers = new TreeMap<>();
        for (String name : ALL) {
            ClusterName cluster = new ClusterName(name);
            versions.put(cluster, name.replace("cluster", "v"));
            from.put(cluster, calls(cluster, silent.get(name), notMeasured.contains(name) ? "denied" : null));
            readers.put(cluster, synced(name));
        }
        CallReport calls = new CallReport("helloworld.sample:5000/hello", true, versions, from);
        return new VerificationReport(new ControlPlaneReport(readers), calls, List.of());
    }

    private static ClusterCalls calls(ClusterName from, @Nullable String silent, @Nullable String notMeasured) {
        Map<String, Integer> answers = new LinkedHashMap<>();
        if (notMeasured == null) {
            List.of("v1", "v2", "v3").forEach(version -> answers.put(version, version.equals(silent) ? 0 : 5));
        }
        return new ClusterCalls(from, 16, answers, List.of(), true, notMeasured);
    }

    private static ControlPlaneView synced(String reader) {
        SortedMap<ClusterName, String> seen = new TreeMap<>();
        ALL.stream().filter(name -> !name.equals(reader)).forEach(name -> seen.put(new ClusterName(name), "synced"));
        return new ControlPlaneView(List.copyOf(seen.keySet()), new TreeMap<>(Map.of("istiod-1", seen)), null);
    }
}

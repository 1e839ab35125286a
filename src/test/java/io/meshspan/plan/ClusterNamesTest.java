package io.meshspan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterNamesTest {

    /** In the order of a sorted map: cluster1, cluster10, cluster11. */
    private final List<String> fifty = named(1, 50);

    private final ClusterNames names = new ClusterNames(fifty);

    @Test
    void shouldCountAsPeopleDo() {
        assertThat(names.inWords(named(1, 47))).isEqualTo("cluster1 to cluster47");
        assertThat(names.inWords(named(9, 11))).isEqualTo("cluster9, cluster10, cluster11");
        assertThat(names.inWords(named(8, 12))).isEqualTo("cluster8 to cluster12");
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThat(names.inWords(fifty)).isEqualTo("all 50 clusters");
        assertThat(names.inWords(named(2, 50))).isEqualTo("all clusters but cluster1");
        assertThat(names.without(named(3, 50))).containsExactly("cluster1", "cluster2");
    }

    private static List<String> named(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> "cluster" + number)
                .sorted()
                .toList();
    }
}

package io.meshspan.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.upgrade.UpgradeWaves.Progress;
import org.junit.jupiter.api.Test;

class WaveSharesTest {

    private static final String FOUR = "cluster1/a, cluster1/tag default, cluster2/a, cluster2/b";

    @Test
    void shouldOfferTheFirstOfThoseThatAreLeft() {
        assertThat(WaveShares.offered(new Progress(FOUR, "")).split("; ", -1))
                .containsExactly(
                        "10 % (1 of 4): cluster1/a",
                        "25 % (1 of 4): cluster1/a",
                        "50 % (2 of 4): cluster1/a, cluster1/tag default",
                        "75 % (3 of 4): cluster1/a, cluster1/tag default, cluster2/a",
                        "100 % (4 of 4): " + FOUR);
    }

    @Test
    void shouldCountWhatHasMovedAndOfferNoWaveThatMovesNothing() {
        assertThat(WaveShares.offered(new Progress("cluster2/a, cluster2/b", "cluster1/a, cluster1/tag default"))
                        .split("; ", -1))
                .containsExactly("75 % (3 of 4): cluster2/a", "100 % (4 of 4): cluster2/a, cluster2/b");
    }

    @Test
    void shouldCountANamespaceOnceThatHasMovedInPart() {
        assertThat(WaveShares.offered(new Progress("cluster1/a, cluster1/b", "cluster1/a")))
                .startsWith("10 % (1 of 2): cluster1/a;");
    }

    @Test
    void shouldFindTheItemsOfTheWaveThatWasOffered() {
        assertThat(WaveShares.items(FOUR, "", "50")).containsExactly("cluster1/a", "cluster1/tag default");
        assertThatThrownBy(() -> WaveShares.items(FOUR, "", "33")).isInstanceOf(IllegalArgumentException.class);
    }
}

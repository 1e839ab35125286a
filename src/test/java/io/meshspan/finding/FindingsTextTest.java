package io.meshspan.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsTextTest {

    @Test
    void shouldTellTheGravestFirstUnderItsSeverity() {
        // given
        Findings findings = new Findings(List.of(
                Finding.note("cluster1", "thing", "this", "that", "Nothing."),
                Finding.warning("cluster2", "thing", "this", "that", "Look.")));

        // then
        assertThat(FindingsText.of(findings)).isEqualTo("""
                **warning: 1**

                - **cluster2**, thing: expected this, found that. Look.

                **note: 1**

                - **cluster1**, thing: expected this, found that. Nothing.""");
    }

    @Test
    void shouldTellInOneLineWhatFiftyClustersShare() {
        // given
        Findings findings = new Findings(IntStream.rangeClosed(1, 50)
                .mapToObj(n -> Finding.warning("cluster" + n, "thing", "this", "that", "Look."))
                .toList());

        // then
        assertThat(FindingsText.of(findings))
                .startsWith("**warning: 1**\n\n- **cluster1, cluster2, ")
                .contains("cluster8 and 42 more**, thing");
    }

    @Test
    void shouldSayThatNothingWasFound() {
        assertThat(FindingsText.of(new Findings(List.of()))).isEqualTo("Nothing stands in the way.");
    }

    @Test
    void shouldShowWhatStandsInAClusterAsTextAndNotAsMarkdown() {
        // given
        Findings findings = new Findings(
                List.of(Finding.warning("cluster1", "label", "a_b", "![x](http://evil)\n# <b>*", "Look.")));

        // then
        assertThat(FindingsText.of(findings)).contains("found \\!\\[x\\](http://evil) \\# \\<b\\>\\*. Look.");
    }
}

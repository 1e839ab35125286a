package io.meshspan.process.delegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportPhaseDelegateTest {

    private static final String OLD = "0a".repeat(32);
    private static final String NEW = "1b".repeat(32);
    private static final String IN_PLACE =
            "Trusted in cluster1: %s and %s\nTrusted in cluster2: %s".formatted(NEW, OLD, NEW);

    @Test
    void shouldSayWhichRootIsTheOldOne() {
        assertThat(ReportPhaseDelegate.marked(IN_PLACE, List.of(OLD))).isEqualTo("""
                        Trusted in cluster1: `%s` (the new root) and `%s` (the old root)

                        Trusted in cluster2: `%s` (the new root)""".formatted(NEW, OLD, NEW));
    }

    @Test
    void shouldNotGuessWhereTheDeclarationHasBoth() {
        assertThat(ReportPhaseDelegate.marked(IN_PLACE, List.of(OLD, NEW))).doesNotContain("old root", "new root");
    }
}

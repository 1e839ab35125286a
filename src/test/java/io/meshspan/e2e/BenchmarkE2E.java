package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Measures the change from its approval to its verified end: first one of a service just started, then as many as are asked for. */
@ExtendWith(ClustersNamed.class)
class BenchmarkE2E {

    @Test
    void shouldTellWhereTheTimeGoes() {
        int rounds = rounds();
        try (E2eFleet e2eFleet = E2eFleet.start()) {
            String version = e2eFleet.versions().get(0);
            Timeline first = round(e2eFleet, version, "first");
            tell("first round, of a service just started, Istio %s: %s".formatted(version, first));
            List<Timeline> measured = IntStream.rangeClosed(1, rounds)
                    .mapToObj(number -> round(e2eFleet, version, "number " + number))
                    .sorted(Comparator.comparing(Timeline::seconds))
                    .toList();
            measured.stream()
                    .skip(rounds / 2)
                    .limit(1)
                    .forEach(median ->
                            tell("median of %d more rounds, Istio %s: %s".formatted(rounds, version, median)));
            e2eFleet.cleanUp();
            assertThat(measured).hasSize(rounds);
        }
    }

    private static Timeline round(E2eFleet e2eFleet, String version, String name) {
        e2eFleet.cleanUp();
        E2eChange e2eChange = e2eFleet.request(version);
        e2eChange.planSummary();
        double before = load();
        E2eChange ended = e2eChange.approve();
        assertThat(ended.end()).isEqualTo("EndEvent_MeshVerified");
        Timeline timeline = Timeline.of(e2eFleet.application().as("andrea"), e2eChange.id());
        tell(String.format(
                Locale.ROOT, "%s: %.2f s, load average %.1f to %.1f", name, timeline.seconds(), before, load()));
        return timeline;
    }

    private static int rounds() {
        Assumptions.assumeTrue(
                GivenObjects.ROUNDS.text().isPresent(),
                "skipped, for it takes minutes; say how many rounds by -D" + GivenObjects.ROUNDS.property());
        return Integer.parseInt(GivenObjects.ROUNDS.text().orElseThrow());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    @SuppressWarnings("SystemOut")
    private static void tell(String line) {
        System.out.println(line);
    }
}

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
        try (Fleet fleet = Fleet.start()) {
            String version = fleet.versions().get(0);
            Timeline first = round(fleet, version, "first");
            tell("first round, of a service just started, Istio %s: %s".formatted(version, first));
            List<Timeline> measured = IntStream.rangeClosed(1, rounds)
                    .mapToObj(number -> round(fleet, version, "number " + number))
                    .sorted(Comparator.comparing(Timeline::seconds))
                    .toList();
            measured.stream()
                    .skip(rounds / 2)
                    .limit(1)
                    .forEach(median ->
                            tell("median of %d more rounds, Istio %s: %s".formatted(rounds, version, median)));
            fleet.cleanUp();
            assertThat(measured).hasSize(rounds);
        }
    }

    private static Timeline round(Fleet fleet, String version, String name) {
        fleet.cleanUp();
        Change change = fleet.request(version);
        change.planSummary();
        double before = load();
        Change ended = change.approve();
        assertThat(ended.end()).isEqualTo("EndEvent_MeshVerified");
        Timeline timeline = Timeline.of(fleet.application().as("andrea"), change.id());
        tell(String.format(
                Locale.ROOT, "%s: %.2f s, load average %.1f to %.1f", name, timeline.seconds(), before, load()));
        return timeline;
    }

    private static int rounds() {
        Assumptions.assumeTrue(
                Given.ROUNDS.text().isPresent(),
                "skipped, for it takes minutes; say how many rounds by -D" + Given.ROUNDS.property());
        return Integer.parseInt(Given.ROUNDS.text().orElseThrow());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    @SuppressWarnings("SystemOut")
    private static void tell(String line) {
        System.out.println(line);
    }
}

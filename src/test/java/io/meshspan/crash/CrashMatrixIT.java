package io.meshspan.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the service before, inside and after every step of every topology and of every later change; prints what became of it.
 * A later change is made to a mesh of multi-primary-multi-network, or as {@code process@topology} to another.
 */
@EnabledIfSystemProperty(
        named = "meshspan.crash.databases",
        matches = ".+",
        disabledReason = "takes hours; asked for by -Dmeshspan.crash.databases=h2,postgresql")
class CrashMatrixIT {

    private static final String PROCESSES = "multi-primary-multi-network,multi-primary,primary-remote-multi-network,"
            + "primary-remote,add-cluster,take-out-cluster,rotate-remote-tokens,rotate-intermediates,rotate-root,"
            + "upgrade-mesh,upgrade-in-place,adopt-mesh,"
            + "add-cluster@primary-remote,take-out-cluster@primary-remote,rotate-remote-tokens@primary-remote,"
            + "rotate-intermediates@primary-remote,upgrade-mesh@primary-remote,renew-remote-tokens,verify-mesh,remove-mesh";
    private static final Path MATRICES = Path.of("target", "crash");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @MethodSource("cases")
    void shouldEndAsIfNobodyHadKilledIt(String database, String process) throws IOException {
        Matrix matrix = new Matrix(process + " on " + database);

        try (CrashExperiment crashExperiment = new CrashExperiment(database, process, folder)) {
            if (Boolean.getBoolean("meshspan.crash.chained")) {
                moments().forEach(moment -> killInTurn(crashExperiment, moment, matrix));
                tell(matrix, database + "-" + process + "-chained");
                assertThat(matrix.problems()).isEmpty();
                return;
            }
            for (KillPoint point : crashExperiment.points()) {
                if (point.step().matches(steps())) {
                    moments()
                            .filter(point::has)
                            .forEach(moment -> matrix.put(point, moment, crashExperiment.killed(point, moment)));
                    tell(matrix, database + "-" + process);
                }
            }
        }

        assertThat(matrix.problems()).isEmpty();
    }

    /** One run for all steps: each is killed once, on the way of the same change. */
    private static void killInTurn(CrashExperiment crashExperiment, Moment moment, Matrix matrix) {
        List<KillPoint> points = crashExperiment.points().stream()
                .filter(point -> point.has(moment) && point.step().matches(steps()))
                .toList();
        List<String> differences = crashExperiment.killed(points, moment);
        points.forEach(point -> matrix.put(point, moment, List.of()));
        if (!differences.isEmpty()) {
            matrix.put(new KillPoint("all of them", 0), moment, differences);
        }
    }

    private static String steps() {
        return System.getProperty("meshspan.crash.steps", ".*");
    }

    /** After each step, since a run of the whole is long. */
    private static void tell(Matrix matrix, String name) throws IOException {
        System.out.println(matrix.text());
        Files.createDirectories(MATRICES);
        Files.writeString(MATRICES.resolve(name + ".txt"), matrix.text());
    }

    private static Stream<Moment> moments() {
        return given("moments", "BEFORE,INSIDE,AFTER,COMMITTED").map(Moment::valueOf);
    }

    static List<Arguments> cases() {
        return given("databases", "h2")
                .flatMap(database -> given("processes", PROCESSES).map(process -> Arguments.of(database, process)))
                .toList();
    }

    private static Stream<String> given(String name, String otherwise) {
        return Arrays.stream(
                System.getProperty("meshspan.crash." + name, otherwise).split(","));
    }
}

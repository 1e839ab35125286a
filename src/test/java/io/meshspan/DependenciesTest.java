package io.meshspan;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.service.ClassPath;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The libraries on the class path against the holes that known-holes.csv knows: needs no network, and knows no newer ones. */
class DependenciesTest {

    private static final Path HOLES = Path.of("src/test/resources/known-holes.csv");

    @Test
    void shouldUseNoLibraryWithAKnownHole() throws IOException {
        List<Path> jars = Arrays.stream(ClassPath.of().split(File.pathSeparator))
                .filter(part -> part.endsWith(".jar"))
                .map(Path::of)
                .toList();

        assertThat(jars).hasSizeGreaterThan(100);
        assertThat(holes()).anySatisfy(hole -> assertThat(jars).anyMatch(hole::concerns));
        assertThat(jars)
                .allSatisfy(jar -> assertThat(holesOf(jar)).as(jar.toString()).isEmpty());
    }

    @Test
    void shouldFindTheHolesOfALibrary() throws IOException {
        Path old = Path.of("repository/org/yaml/snakeyaml/1.33/snakeyaml-1.33.jar");

        assertThat(holesOf(old)).containsExactly("CVE-2022-1471");
    }

    private static List<String> holesOf(Path jar) throws IOException {
        return holes().stream().filter(hole -> hole.isIn(jar)).map(Hole::name).toList();
    }

    private static List<Hole> holes() throws IOException {
        return Files.readAllLines(HOLES).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",", 4))
                .map(part -> new Hole(part[0], part[1], Version.parse(part[2]), part[3]))
                .toList();
    }

    private record Hole(String group, String artifact, Version mended, String name) {

        /** A jar in a Maven repository lies in the folder of its version, that in the one of its artifact. */
        boolean concerns(Path jar) {
            Path library = jar.subpath(0, jar.getNameCount() - 2);
            return library.endsWith(Path.of(group.replace('.', '/'), artifact));
        }

        boolean isIn(Path jar) {
            return concerns(jar)
                    && Version.parse(jar.getName(jar.getNameCount() - 2).toString())
                                    .compareTo(mended)
                            < 0;
        }
    }
}

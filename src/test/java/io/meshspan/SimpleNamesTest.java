package io.meshspan;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name that stands for one class is found at once, in code and in a stack trace. */
class SimpleNamesTest {

    @Test
    void shouldUseNoSimpleNameTwice() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            Map<String, Long> uses = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .collect(groupingBy(name -> name, counting()));

            assertThat(uses).hasSizeGreaterThan(500);
            assertThat(uses.entrySet()).filteredOn(name -> name.getValue() > 1).isEmpty();
        }
    }
}

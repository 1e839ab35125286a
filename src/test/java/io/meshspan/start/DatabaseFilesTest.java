package io.meshspan.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFilesTest {

    private final Path folder;

    DatabaseFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** Also of the file that H2 writes anew when it closes and compacts the database. */
    @Test
    void shouldKeepTheFilesOfH2ForTheirOwnerFromTheFirstByte() throws IOException, SQLException {
        Path data = folder.resolve("made/data");
        String url = "jdbc:h2:file:" + data.resolve("meshspan") + ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0";

        for (int start = 0; start < 2; start++) {
            StartupCheck.protectDatabase(url);
            try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
                connection.createStatement().execute("create table if not exists T (ID int)");
                connection.createStatement().execute("insert into T values (1)");
                assertThat(rights(data)).containsOnly("rwx------", "rw-------");
                connection.createStatement().execute("shutdown compact");
            }
        }

        StartupCheck.protectDatabase(url);
        assertThat(rights(data)).hasSize(2).containsExactly("rwx------", "rw-------");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                var rows = connection.createStatement().executeQuery("select count(*) from T")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:a",
                "jdbc:h2:./must/exist;IFEXISTS=TRUE",
                "jdbc:h2:tcp://db/b",
                "jdbc:h2:file:full:./c/d",
                "jdbc:postgresql://db/e",
                "nonsense",
                ""
            })
    void shouldMakeNothingForADatabaseThatIsNoFileHere(String url) throws IOException {
        StartupCheck.protectDatabase(url);

        try (Stream<Path> made = Files.list(Path.of(""))) {
            assertThat(made.map(Path::toString)).doesNotContain("must", "a", "b", "c", "e", "full:.", "tcp:", "mem:");
        }
    }

    private static Stream<String> rights(Path data) throws IOException {
        try (Stream<Path> content = Files.list(data)) {
            return Stream.concat(Stream.of(data), content.toList().stream()).map(DatabaseFilesTest::rightsOf);
        }
    }

    private static String rightsOf(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

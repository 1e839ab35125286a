package io.meshspan.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the processes under test keep what they know: it outlives them. */
interface Database extends AutoCloseable {

    /** What is added to the command line. */
    List<String> arguments();

    @Override
    void close() throws IOException;

    static Database named(String name, Path folder) throws IOException {
        return name.equals("h2") ? h2(folder) : postgres();
    }

    /** With the address that the application has by default, but for the folder. */
    private static Database h2(Path folder) {
        return new Database() {
            @Override
            public List<String> arguments() {
                return List.of("--spring.datasource.url=jdbc:h2:file:" + folder.resolve("meshspan")
                        + ";DB_CLOSE_ON_EXIT=FALSE");
            }

            @Override
            public void close() {}
        };
    }

    private static Database postgres() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        return new Database() {
            @Override
            public List<String> arguments() {
                return List.of(
                        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres");
            }

            @Override
            public void close() throws IOException {
                postgres.close();
            }
        };
    }
}

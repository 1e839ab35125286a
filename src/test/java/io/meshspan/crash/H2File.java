package io.meshspan.crash;

import java.nio.file.Path;
import java.util.List;

/** As the application has it by default, but for the folder. */
record H2File(Path folder) implements CrashDatabase {

    @Override
    public List<String> arguments() {
        return List.of("--spring.datasource.url=jdbc:h2:file:" + folder.resolve("meshspan")
                + ";DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=256;WRITE_DELAY=0");
    }

    @Override
    public void close() {}
}

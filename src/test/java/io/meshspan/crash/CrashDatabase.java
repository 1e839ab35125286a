package io.meshspan.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the processes under test keep what they know: it outlives them. */
interface CrashDatabase extends AutoCloseable {

    /** What is added to the command line. */
    List<String> arguments();

    @Override
    void close() throws IOException;

    /** @param name h2 or postgresql */
    static CrashDatabase named(String name, Path folder) {
        return name.equals("h2") ? new H2File(folder) : Postgres.start();
    }
}

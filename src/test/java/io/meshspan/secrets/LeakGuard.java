package io.meshspan.secrets;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** From the first test to the last one; what it finds at the end fails the run. */
public final class LeakGuard implements CloseableResource {

    private static final Map<DataSource, String> DATABASES = new ConcurrentHashMap<>();

    private final Output output;
    private final TemporaryFiles temporary;

    LeakGuard() throws IOException {
        temporary = new TemporaryFiles();
        output = Output.keep();
        KeyWitness.install();
        Applications.watch(true);
    }

    /** A database that a test uses without an application, and that lives to the end. */
    public static void watch(String name, DataSource database) {
        DATABASES.put(database, name);
    }

    /** A database that is about to end. */
    public static void search(String name, DataSource database) {
        SearchedDatabase.search(database, name);
    }

    @Override
    public void close() throws IOException {
        Applications.watch(false);
        Applications.search();
        DATABASES.forEach(SearchedDatabase::search);
        output.search();
        temporary.search();
        complain();
    }

    /** @throws AssertionError if a secret was found since the last time */
    static void complain() {
        List<String> finds = LeakedSecrets.take();
        if (!finds.isEmpty()) {
            throw new AssertionError("Secrets were written down:\n" + String.join("\n", finds));
        }
    }
}

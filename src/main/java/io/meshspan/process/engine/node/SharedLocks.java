package io.meshspan.process.engine.node;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.stereotype.Component;

/** The locks of the database that the nodes share, if they do: H2 opens a file for one process only. */
@Component
final class SharedLocks {

    private final DataSource database;
    private final boolean shared;

    SharedLocks(DataSource database, DataSourceProperties settings) {
        this.database = database;
        this.shared = settings.determineUrl().startsWith("jdbc:postgresql:");
    }

    SharedLock named(String name) {
        return new SharedLock(database, shared, name);
    }
}

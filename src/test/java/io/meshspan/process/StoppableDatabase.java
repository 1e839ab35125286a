package io.meshspan.process;

import java.sql.SQLException;
import org.h2.tools.Server;

/** A database behind a port. While it is stopped, connections break and none can be made; what was committed stays. */
final class StoppableDatabase implements AutoCloseable {

    private final int port;
    private Server server;

    StoppableDatabase() {
        server = listening("0");
        port = server.getPort();
    }

    String url() {
        return "jdbc:h2:tcp://127.0.0.1:%d/mem:stormy;DB_CLOSE_DELAY=-1".formatted(port);
    }

    void stop() {
        server.stop();
    }

    void start() {
        server = listening(String.valueOf(port));
    }

    private static Server listening(String port) {
        try {
            return Server.createTcpServer("-tcpPort", port, "-ifNotExists").start();
        } catch (SQLException e) {
            throw new IllegalStateException("The test's database does not start", e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}

package io.meshspan.start;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.springframework.core.env.Environment;

/** The web server opens its port last, when the engine may be at work already. */
final class FreePort {

    private final int port;
    private final String address;

    FreePort(Environment environment) {
        this.port = environment.getProperty("server.port", Integer.class, 8080);
        this.address = environment.getProperty("server.address", "127.0.0.1");
    }

    /** @throws StartupFailure if another process has it; a port of 0 is any that is free */
    void require() {
        if (port > 0) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
                socket.getLocalPort();
            } catch (IOException e) {
                throw new StartupFailure(
                        ExitCode.PORT,
                        "The web server cannot listen on %s:%d: %s".formatted(address, port, e.getMessage()),
                        "Stop the process that uses the port, or set server.port and server.address to others.");
            }
        }
    }
}

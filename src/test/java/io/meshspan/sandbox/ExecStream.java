package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.function.Supplier;

/** Exec over {@code v4.channel.k8s.io}: each frame begins with the number of its channel. */
final class ExecStream extends WebSocketListener {

    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int STATUS = 3;

    private final Supplier<Shell.Result> command;

    ExecStream(Supplier<Shell.Result> command) {
        this.command = command;
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        Shell.Result result = command.get();
        send(webSocket, STDOUT, result.stdout());
        send(webSocket, STDERR, result.stderr());
        webSocket.send(Channels.frame(STATUS, Serialization.asJson(status(result.exitCode()))));
        webSocket.close(1000, "");
    }

    private static void send(WebSocket webSocket, int channel, String text) {
        if (!text.isEmpty()) {
            webSocket.send(Channels.frame(channel, text));
        }
    }

    private static Status status(int exitCode) {
        if (exitCode == 0) {
            return new StatusBuilder().withStatus("Success").build();
        }
        return new StatusBuilder()
                .withStatus("Failure")
                .withReason("NonZeroExitCode")
                .withMessage("command terminated with non-zero exit code: exit code " + exitCode)
                .withNewDetails()
                .addNewCause("", Integer.toString(exitCode), "ExitCode")
                .endDetails()
                .build();
    }
}

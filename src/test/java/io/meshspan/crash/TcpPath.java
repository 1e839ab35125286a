package io.meshspan.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A path to a server on this machine that can fall silent, as with a machine that vanished, or refuse. */
final class TcpPath implements AutoCloseable {

    private final int server;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "tcp-path");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean silent;

    TcpPath(int server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Nothing comes through any more, and nobody is told. */
    void silence() {
        silent = true;
    }

    /** Connections break, and no new one is taken. */
    void refuse() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(client);
                open.add(behind);
                threads.execute(() -> pump(client, behind));
                threads.execute(() -> pump(behind, client));
            }
        } catch (IOException e) {
            // closed: nobody is to come any more
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] some = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                if (silent) {
                    closed.await();
                }
                to.getOutputStream().write(some, 0, count);
            }
        } catch (IOException e) {
            // ends with the other side
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            refuse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closed.countDown();
        threads.shutdownNow();
    }
}

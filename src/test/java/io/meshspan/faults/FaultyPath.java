package io.meshspan.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A proxy in front of one API server, on a free port of 127.0.0.1. Without bad weather it passes everything on. */
public final class FaultyPath implements AutoCloseable {

    private record Hold(Predicate<String> call, AtomicInteger count, Duration duration) {}

    private final Queue<Hold> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private final URI apiServer;
    private final FaultSchedule faultSchedule = new FaultSchedule();
    private final Duration late;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "faulty-path");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long darkUntil = System.nanoTime();

    private FaultyPath(String apiServer, Duration late) throws IOException {
        this.apiServer = URI.create(apiServer);
        this.late = late;
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    /** @param late how long an answer takes that comes late */
    public static FaultyPath to(String apiServer, Duration late) {
        try {
            FaultyPath path = new FaultyPath(apiServer, late);
            path.threads.execute(path::accept);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** The next so many of these calls reach the API server that much later, whether their client waits or not. */
    public void hold(Predicate<String> call, int count, Duration duration) {
        held.add(new Hold(call, new AtomicInteger(count), duration));
    }

    /** How many calls that were held have arrived. */
    public int arrived() {
        return arrived.get();
    }

    /** @return whether it was held */
    boolean holdUp(String call) {
        Optional<Hold> hold = held.stream()
                .filter(each -> each.call().test(call) && each.count().getAndDecrement() > 0)
                .findFirst();
        hold.ifPresent(each -> pause(each.duration()));
        return hold.isPresent();
    }

    void toldOfArrival() {
        arrived.incrementAndGet();
    }

    /** For so long nothing comes through, on old connections and new ones; what was sent meanwhile arrives after. */
    public void blackout(Duration duration) {
        darkUntil = System.nanoTime() + duration.toNanos();
    }

    public FaultSchedule weather() {
        return faultSchedule;
    }

    Duration late() {
        return late;
    }

    /** Comes back when the light does, or the path is closed. */
    void untilLight() {
        pause(Duration.ofNanos(Math.max(0, darkUntil - System.nanoTime())));
    }

    void pause(Duration duration) {
        try {
            var unused = closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void run(Runnable work) {
        threads.execute(work);
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = kept(listening.accept());
                Socket server = kept(new Socket(apiServer.getHost(), apiServer.getPort()));
                threads.execute(new RelayedConnection(this, client, server));
            }
        } catch (IOException e) {
            // closed: nobody is to come any more
        }
    }

    private Socket kept(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        open.add(socket);
        return socket;
    }

    void end(Socket socket) {
        try {
            open.remove(socket);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        closed.countDown();
        Set.copyOf(open).forEach(this::end);
        threads.shutdownNow();
    }
}

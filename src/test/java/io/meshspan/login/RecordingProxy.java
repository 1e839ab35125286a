package io.meshspan.login;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy (CONNECT) and a SOCKS5 proxy in one, which remembers where it was asked to go. It goes to one port only. */
public final class RecordingProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final int target;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable String login;

    public RecordingProxy(int target) {
        this(target, ServerSocketFactory.getDefault());
    }

    private RecordingProxy(int target, ServerSocketFactory sockets) {
        this.target = target;
        try {
            socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::serve);
    }

    /** One that is itself spoken to by TLS. */
    public static RecordingProxy tls(int target, TestAuthority.Issued own) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.keyManagers(), null, null);
            return new RecordingProxy(target, context.getServerSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It lets nobody through but who gives this user and password. */
    public RecordingProxy demanding(String userAndPassword) {
        login = userAndPassword;
        return this;
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** What it was asked: the lines of a CONNECT, or {@code SOCKS5 host:port}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket near = socket.accept();
                daemon(() -> carry(near));
            } catch (IOException e) {
                // the test is over
            }
        }
    }

    private void carry(Socket near) {
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            DataInputStream in = new DataInputStream(near.getInputStream());
            int first = in.readUnsignedByte();
            if (first == 5) {
                socks(in, near.getOutputStream());
            } else {
                connect(first, in, near.getOutputStream());
            }
            daemon(() -> pump(far, near));
            in.transferTo(far.getOutputStream());
        } catch (IOException e) {
            // one side has ended
        }
    }

    private void connect(int first, InputStream in, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder().append((char) first);
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("cut");
            }
            head.append((char) next);
        }
        asked.add(head.toString());
        String demanded = login;
        if (demanded != null
                && head.indexOf("Proxy-Authorization: Basic "
                                + Base64.getEncoder().encodeToString(demanded.getBytes(StandardCharsets.UTF_8)))
                        < 0) {
            out.write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            throw new IOException("refused");
        }
        out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private void socks(DataInputStream in, OutputStream out) throws IOException {
        in.readFully(new byte[in.readUnsignedByte()]);
        String demanded = login;
        out.write(new byte[] {5, (byte) (demanded == null ? 0 : 2)});
        if (demanded != null) {
            in.readUnsignedByte();
            String given = text(in) + ":" + text(in);
            out.write(new byte[] {1, (byte) (given.equals(demanded) ? 0 : 1)});
        }
        in.readFully(new byte[3]);
        int kind = in.readUnsignedByte();
        byte[] host = new byte[kind == 3 ? in.readUnsignedByte() : kind == 1 ? 4 : 16];
        in.readFully(host);
        int port = in.readUnsignedShort();
        String name = kind == 3
                ? new String(host, StandardCharsets.US_ASCII)
                : InetAddress.getByAddress(host).getHostAddress();
        asked.add("SOCKS5 " + name + ":" + port);
        out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedByte()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one side has ended
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "recording-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.meshspan.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP/1.1 request or answer; a character is a byte. */
record HttpMessage(String head, String body) {

    /** @throws EOFException if the other side has closed */
    static HttpMessage read(InputStream in) throws IOException {
        String head = head(in);
        String chunked = field(head, "transfer-encoding");
        String length = field(head, "content-length");
        boolean empty = head.startsWith("HTTP/1.1 1") || head.startsWith("HTTP/1.1 204");
        if (!empty && chunked.equalsIgnoreCase("chunked")) {
            return new HttpMessage(head, text(chunks(in)));
        }
        return new HttpMessage(head, empty || length.isEmpty() ? "" : text(exactly(in, Integer.parseInt(length))));
    }

    static HttpMessage refusal(int code, String reason, String field) {
        String body = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"%s\",\"code\":%d}"
                .formatted(reason, code);
        String head = "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
                .formatted(code, reason, body.length(), field);
        return new HttpMessage(head, body);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    byte[] bytes() {
        return (head + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** With all of its head, so that whoever reads it knows what is missing. */
    HttpMessage half() {
        return new HttpMessage(head, body.substring(0, body.length() / 2));
    }

    boolean upgrades() {
        return field(head, "upgrade").equalsIgnoreCase("websocket");
    }

    boolean switches() {
        return head.startsWith("HTTP/1.1 101");
    }

    boolean watches() {
        return call().contains("watch=true");
    }

    /** Method and path, without what differs from one time to the next. */
    String call() {
        String line = head.substring(0, head.indexOf("\r\n"));
        return line.replaceAll("resourceVersion=\\d+", "resourceVersion=N");
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed");
            }
            head.write(next);
            boolean carriageReturn = matched % 2 == 0;
            matched = next == (carriageReturn ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String field(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** As they come over the wire, with their lengths between them. */
    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String line = line(in);
            all.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            int length = Integer.parseInt(line, 16);
            all.write(exactly(in, length + 2));
            if (length == 0) {
                return all.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed");
        }
        return bytes;
    }
}

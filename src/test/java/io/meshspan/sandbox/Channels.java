package io.meshspan.sandbox;

import java.nio.charset.StandardCharsets;

/** Frames of {@code v4.channel.k8s.io}, by which exec and port-forward share one WebSocket between several streams. */
final class Channels {

    private Channels() {}

    static byte[] frame(int channel, String text) {
        return frame(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] frame(int channel, byte[] bytes) {
        byte[] frame = new byte[bytes.length + 1];
        frame[0] = (byte) channel;
        System.arraycopy(bytes, 0, frame, 1, bytes.length);
        return frame;
    }

    /** The port number, little-endian, with which each channel of a port-forward begins. */
    static byte[] port(int channel, int port) {
        return frame(channel, new byte[] {(byte) port, (byte) (port >> 8)});
    }
}

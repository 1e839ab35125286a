package io.meshspan.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What to search for, however much it is: each text is read once, by windows of eight bytes. */
final class SecretSearch {

    private static final class Needle {

        private final byte[] bytes;
        private final String whose;

        Needle(byte[] bytes, String whose) {
            this.bytes = bytes;
            this.whose = whose;
        }

        boolean isAt(byte[] text, int start, int end) {
            return start + bytes.length <= end
                    && Arrays.equals(text, start, start + bytes.length, bytes, 0, bytes.length);
        }
    }

    private static final int WINDOW = Long.BYTES;
    private static final int LONGEST = 512;
    private static final int CHUNK = 1 << 20;

    private final Map<Long, List<Needle>> byBeginning = new HashMap<>();
    private final BitSet perhaps = new BitSet(1 << 20);

    synchronized void add(String whose, byte[] piece) {
        for (byte[] form : Forms.of(piece)) {
            long beginning = 0;
            for (int i = 0; i < WINDOW; i++) {
                beginning = next(beginning, form[i]);
            }
            perhaps.set(bit(beginning));
            List<Needle> same = byBeginning.computeIfAbsent(beginning, none -> new ArrayList<>(1));
            if (same.stream().noneMatch(needle -> Arrays.equals(needle.bytes, form))) {
                same.add(new Needle(form, whose));
            }
        }
    }

    synchronized int count() {
        return byBeginning.size();
    }

    /** @return whose secrets stand there */
    Set<String> in(byte[] text) {
        return in(text, text.length);
    }

    /** @return whose secrets stand there */
    Set<String> in(InputStream stream) throws IOException {
        Set<String> found = new TreeSet<>();
        byte[] text = new byte[LONGEST + CHUNK];
        int kept = 0;
        for (int read = stream.read(text, 0, CHUNK); read > 0; read = stream.read(text, kept, CHUNK)) {
            int end = kept + read;
            found.addAll(in(text, end));
            kept = Math.min(LONGEST, end);
            System.arraycopy(text, end - kept, text, 0, kept);
        }
        return found;
    }

    private synchronized Set<String> in(byte[] text, int end) {
        Set<String> found = new TreeSet<>();
        long window = 0;
        for (int i = 0; i < end; i++) {
            window = next(window, text[i]);
            if (i + 1 >= WINDOW && perhaps.get(bit(window))) {
                int start = i + 1 - WINDOW;
                byBeginning.getOrDefault(window, List.of()).stream()
                        .filter(needle -> needle.isAt(text, start, end))
                        .forEach(needle -> found.add(needle.whose));
            }
        }
        return found;
    }

    private static long next(long window, byte read) {
        return (window << Byte.SIZE) | (read & 0xff);
    }

    private static int bit(long window) {
        return (int) ((window * 0x9E3779B97F4A7C15L) >>> 44);
    }
}

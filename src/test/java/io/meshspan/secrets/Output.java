package io.meshspan.secrets;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** All that is printed from now on, kept in a file besides until it is searched. */
final class Output {

    private final Path file;
    private final OutputStream copy;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    private Output(Path file, OutputStream copy) {
        this.file = file;
        this.copy = copy;
        System.setOut(both(out, copy));
        System.setErr(both(err, copy));
    }

    static Output keep() throws IOException {
        Path file = Files.createTempFile("output-of-tests", ".log");
        return new Output(file, new BufferedOutputStream(Files.newOutputStream(file)));
    }

    private static PrintStream both(PrintStream first, OutputStream copy) {
        OutputStream both = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                first.write(bytes, from, length);
                synchronized (copy) {
                    copy.write(bytes, from, length);
                }
            }

            @Override
            public void flush() {
                first.flush();
            }
        };
        return new PrintStream(both, true, StandardCharsets.UTF_8);
    }

    void search() throws IOException {
        System.setOut(out);
        System.setErr(err);
        synchronized (copy) {
            copy.close();
        }
        try (var content = Files.newInputStream(file)) {
            LeakedSecrets.add(TestSecrets.NEEDLES.in(content), "the output of the tests");
        }
        Files.delete(file);
    }
}

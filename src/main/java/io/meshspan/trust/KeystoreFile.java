package io.meshspan.trust;

import io.meshspan.files.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A PKCS#12 file that is made only once, even if another thread or another node makes it at the same time on the same files.
 */
final class KeystoreFile {

    /** A file lock only excludes other processes. Threads of this process also need a Java lock. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path file;
    private final String alias;

    KeystoreFile(Path file, String alias) {
        this.file = file.toAbsolutePath();
        this.alias = alias;
    }

    /** @param made the key and its certificate; only called if the file does not exist yet */
    void createUnlessThere(char[] password, Supplier<RootCa> made) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            return;
        }
        Path folder =
                PrivateFiles.folder(Objects.requireNonNull(file.getParent(), "the keystore is a file in a folder"));
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(file.getFileName() + ".lock"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            PrivateFiles.attributes(file));
                    FileLock held = channel.lock()) {
                if (held.isValid() && !Files.exists(file)) {
                    create(folder, password, made.get());
                }
            }
        }
    }

    /** Writes a temporary file in the same folder, then moves it: a crash leaves either no file or a complete one. */
    private void create(Path folder, char[] password, RootCa made) throws IOException, GeneralSecurityException {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        keystore.load(null, password);
        keystore.setKeyEntry(alias, made.key(), password, new Certificate[] {made.certificate()});
        Path draft = Files.createTempFile(folder, alias, ".tmp", PrivateFiles.attributes(file));
        try {
            write(keystore, draft, password);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(KeyStore keystore, Path draft, char[] password)
            throws IOException, GeneralSecurityException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            keystore.store(out, password);
            channel.force(true);
        }
    }
}

package io.meshspan.trust;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes the root once, whoever else tries at the same time: another thread, or another node on the same file system. */
@Component
final class RootCreation {

    private static final Logger LOG = LoggerFactory.getLogger(RootCreation.class);
    /** A file lock holds off other processes only; within this one it takes a lock of the language. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final TrustProperties properties;

    RootCreation(TrustProperties properties) {
        this.properties = properties;
    }

    void createUnlessThere(Path file, char[] password) throws IOException, GeneralSecurityException {
        Path folder = Files.createDirectories(folderOf(file));
        Path lockFile = folder.resolve(file.getFileName() + ".lock");
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (held.isValid() && !Files.exists(file)) {
                    create(file, folder, password);
                }
            }
        }
    }

    /** Written beside its place and moved there whole: a crash leaves either no root or a complete one. */
    private void create(Path file, Path folder, char[] password) throws IOException, GeneralSecurityException {
        KeyPair keys = properties.keyType().generate();
        RootCa root = Issuer.root(keys, Validity.startingBefore(Instant.now(), properties.rootValidity()));
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        keystore.load(null, password);
        keystore.setKeyEntry(RootEntry.ALIAS, root.key(), password, new Certificate[] {root.certificate()});
        Path draft = Files.createTempFile(folder, "root-ca", ".tmp", ownerOnly(folder));
        try {
            write(keystore, draft, password);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        LOG.info("made the root certificate {} in keystore {}", root.fingerprint(), file);
    }

    private static Path folderOf(Path absolute) {
        return Objects.requireNonNull(absolute.getParent(), "the keystore is a file in a folder");
    }

    private static void write(KeyStore keystore, Path draft, char[] password)
            throws IOException, GeneralSecurityException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            keystore.store(out, password);
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------")))
                }
                : new FileAttribute<?>[0];
    }
}

package io.meshspan.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root certificate of a file, as last read, as long as the file does not change. To open the file takes a tenth of a
 * second of processor time by design, and the plan asks for the root before each step of trust.
 */
record RootFingerprintCache(
        X509Certificate root,
        FileTime written,
        long size,
        @Nullable Object key) {

    /** @param attributes of the file, read before the file is opened; a file that is replaced meanwhile is opened again */
    static RootFingerprintCache of(RootCa root, BasicFileAttributes attributes) {
        return new RootFingerprintCache(
                root.root(), attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    boolean isStillOf(BasicFileAttributes attributes) {
        return written.equals(attributes.lastModifiedTime())
                && size == attributes.size()
                && Objects.equals(key, attributes.fileKey());
    }

    /** Null if no file can be read. */
    static @Nullable BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            return null;
        }
    }
}

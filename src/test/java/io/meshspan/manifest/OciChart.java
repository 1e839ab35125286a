package io.meshspan.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes a chart's archive into a folder as a registry answers for it: a manifest by tag and by digest, and two blobs. */
final class OciChart {

    private OciChart() {}

    static void write(Path folder, String repository, Chart chart, String version) throws IOException {
        byte[] archive = Files.readAllBytes(folder.resolve("%s-%s.tgz".formatted(chart.published(), version)));
        byte[] config = "{\"apiVersion\":\"v2\",\"name\":\"%s\",\"version\":\"%s\"}"
                .formatted(chart.published(), version)
                .getBytes(StandardCharsets.UTF_8);
        byte[] manifest = """
                {"schemaVersion":2,
                 "config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","digest":"%s","size":%d},
                 "layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"%s","size":%d}]}
                """.formatted(digest(config), config.length, digest(archive), archive.length)
                .getBytes(StandardCharsets.UTF_8);
        Path at = folder.resolve("v2").resolve(repository).resolve(chart.published());
        Files.createDirectories(at.resolve("manifests"));
        Files.createDirectories(at.resolve("blobs"));
        Files.write(at.resolve("manifests").resolve(version), manifest);
        Files.write(at.resolve("manifests").resolve(digest(manifest)), manifest);
        Files.write(at.resolve("blobs").resolve(digest(config)), config);
        Files.write(at.resolve("blobs").resolve(digest(archive)), archive);
    }

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

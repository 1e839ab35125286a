package io.meshspan.manifest;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Reports at start-up a missing folder of charts. Its content is checked when somebody asks for a version. */
@Component
final class ChartsAtStart implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(ChartsAtStart.class);

    private final ChartProperties properties;
    private final String source;

    ChartsAtStart(ChartProperties properties) {
        this.properties = properties;
        this.source = properties.source();
    }

    /** @throws StartupFailure if the folder does not exist, or the CA file has no certificate */
    @Override
    public void afterPropertiesSet() {
        ChartLocation location = new ChartLocation(source);
        boolean onDisk = !location.isRepository() && !location.isRegistry();
        if (onDisk && !Files.isDirectory(lasting())) {
            throw new StartupFailure(
                    ExitCode.CHARTS,
                    "The folder of charts %s is not there (meshspan.charts.source is %s)."
                            .formatted(lasting().toAbsolutePath(), source),
                    "Put Istio's charts there, or set meshspan.charts.source to another folder, a Helm repository"
                            + " (https://) or a registry (oci://).");
        }
        if (properties.caFile() != null) {
            requireCertificates(properties.caFile().toAbsolutePath());
        }
        if (source.startsWith("http://") && properties.login().isPresent()) {
            LOG.warn("meshspan.charts.source is {}: the password is sent unencrypted", source);
        }
    }

    private static void requireCertificates(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(content)
                    .isEmpty()) {
                throw new CertificateException("none");
            }
        } catch (IOException | CertificateException e) {
            throw new StartupFailure(
                    ExitCode.CHARTS,
                    "The file %s (meshspan.charts.ca-file): expected certificates in PEM, found %s."
                            .formatted(
                                    file,
                                    e instanceof IOException ? e.getClass().getSimpleName() : "none"),
                    "Put there the certificate of the authority that signed the repository's, in PEM, or leave the setting"
                            + " out if this machine knows it.");
        }
    }

    /** The part of the path that is the same for every version. */
    private Path lasting() {
        int version = source.indexOf("{version}");
        return version < 0
                ? Path.of(source)
                : Path.of(source.substring(0, version) + "x")
                        .toAbsolutePath()
                        .resolve("..")
                        .normalize();
    }
}

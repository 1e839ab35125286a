package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Is the requested version a release of Istio, and is it still supported? */
@Component
final class ReleaseSupport implements CrossClusterCheck {

    private static final String SUBJECT = "Istio version";

    private final Clock clock;

    @Autowired
    ReleaseSupport() {
        this(Clock.systemUTC());
    }

    ReleaseSupport(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "Istio release";
    }

    @Override
    public void read(ClusterSnapshot cluster) {
        // Only the request is needed, as it has the version.
    }

    @Override
    public List<Finding> compare(Mesh mesh, SortedMap<ClusterName, ClusterSnapshot> clusters) {
        IstioVersion version = mesh.version();
        List<Finding> findings = new ArrayList<>();
        IstioRelease.of(version)
                .flatMap(IstioRelease::endOfSupport)
                .filter(LocalDate.now(clock)::isAfter)
                .ifPresent(end -> findings.add(Finding.warning(
                        "mesh " + mesh.id(),
                        SUBJECT,
                        "a release that Istio still supports",
                        "%s, whose support ended about %s".formatted(version, end),
                        "Choose Istio %s or newer, unless a vendor supports yours.".formatted(oldestSupported()))));
        if (version.isNewer()) {
            findings.add(Finding.warning(
                    "mesh " + mesh.id(),
                    SUBJECT,
                    "a release that Meshspan knows, up to %s".formatted(IstioRelease.newest()),
                    "%s, which Meshspan treats like %s".formatted(version, IstioRelease.newest()),
                    "Try it on test clusters, or use a newer Meshspan."));
        }
        if (version.isKnown()
                && IstioRelease.of(version).filter(IstioRelease::isUntried).isPresent()) {
            findings.add(Finding.note(
                    "mesh " + mesh.id(),
                    SUBJECT,
                    "a release that this Meshspan was tried with",
                    "%s, which came after it".formatted(version),
                    "Try it on test clusters first."));
        }
        if (version.isPreRelease()) {
            findings.add(Finding.warning(
                    "mesh " + mesh.id(),
                    SUBJECT,
                    "a release",
                    "%s, which Istio made for testing".formatted(version),
                    "Choose a release for a mesh that people rely on."));
        }
        return findings;
    }

    private String oldestSupported() {
        LocalDate today = LocalDate.now(clock);
        return List.of(IstioRelease.values()).stream()
                .filter(release -> release.endOfSupport().filter(today::isAfter).isEmpty())
                .findFirst()
                .orElse(IstioRelease.newest())
                .toString();
    }
}

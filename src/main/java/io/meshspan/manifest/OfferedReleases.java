package io.meshspan.manifest;

import io.meshspan.mesh.IstioVersion;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The releases that the start form offers, newest first. They come from the settings; if the settings name none, they are
 * the newest patch of each minor in the source of the charts. A background task asks the source after the start of the
 * service and then once a day. Until the source answers, and if it cannot list its versions, the form offers the newest
 * releases at the time of this Meshspan release.
 */
@Component
public final class OfferedReleases {

    private static final Logger LOG = LoggerFactory.getLogger(OfferedReleases.class);
    private static final List<IstioVersion> KNOWN =
            List.of(new IstioVersion(1, 30, 3), new IstioVersion(1, 29, 6), new IstioVersion(1, 28, 10));
    private static final Duration DAY = Duration.ofDays(1);
    private static final Comparator<IstioVersion> AGE = Comparator.comparingInt(IstioVersion::major)
            .thenComparingInt(IstioVersion::minor)
            .thenComparingInt(IstioVersion::patch)
            .thenComparing(IstioVersion::suffix, Comparator.reverseOrder());

    private final ReleaseProperties properties;
    private final ChartVersions source;
    private final PeriodicTasks tasks;
    private volatile List<IstioVersion> offered;

    OfferedReleases(ReleaseProperties properties, ChartVersions source, PeriodicTasks tasks) {
        this.properties = properties;
        this.source = source;
        this.tasks = tasks;
        this.offered = properties.versions().isEmpty()
                ? KNOWN
                : properties.versions().stream().map(IstioVersion::parse).toList();
    }

    /** Never empty. */
    public List<IstioVersion> newestFirst() {
        return offered;
    }

    /** Whether people may ask for a version that is newer than every minor that Meshspan knows. */
    public boolean allowNewer() {
        return properties.allowNewer();
    }

    @EventListener(ApplicationReadyEvent.class)
    void askDaily() {
        if (properties.versions().isEmpty()) {
            tasks.scheduler("chart-versions", 1).scheduleWithFixedDelay(this::ask, Instant.now(), DAY);
        }
    }

    void ask() {
        try {
            List<IstioVersion> newest = newestOfEachMinor(source.read());
            if (!newest.isEmpty() && !newest.equals(offered)) {
                LOG.info("The start forms offer Istio {}, the newest that the source of the charts has", newest);
                offered = newest;
            }
        } catch (ChartVersions.Unreadable e) {
            LOG.warn("The start forms offer Istio {}: {}", offered, e.getMessage());
        }
    }

    private List<IstioVersion> newestOfEachMinor(List<IstioVersion> all) {
        return all.stream()
                .filter(version -> IstioVersion.isSupported(version.toString(), properties.allowNewer()))
                .filter(version -> !version.isPreRelease())
                .collect(Collectors.toMap(
                        version -> version.major() * 1_000 + version.minor(),
                        version -> version,
                        BinaryOperator.maxBy(AGE),
                        TreeMap::new))
                .descendingMap()
                .values()
                .stream()
                .toList();
    }
}

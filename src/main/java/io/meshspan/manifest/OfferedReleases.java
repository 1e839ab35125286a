package io.meshspan.manifest;

import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The releases that the start form offers, newest first: those of the settings, or the newest patch of each minor that the
 * source of the charts has. It is asked when the service has started and once a day, and nobody waits for it: until it
 * has answered, and where it cannot say what it has, the form offers what was new when Meshspan was released.
 */
@Component
public final class OfferedReleases {

    private static final Logger LOG = LoggerFactory.getLogger(OfferedReleases.class);
    private static final List<IstioVersion> KNOWN =
            List.of(new IstioVersion(1, 30, 3), new IstioVersion(1, 29, 6), new IstioVersion(1, 28, 10));
    private static final Duration DAY = Duration.ofDays(1);

    private final ReleaseProperties properties;
    private final ChartVersions source;
    private final PeriodicTasks tasks;
    private volatile List<IstioVersion> offered;
    private volatile Optional<String> fallback;

    OfferedReleases(ReleaseProperties properties, ChartVersions source, PeriodicTasks tasks) {
        this.properties = properties;
        this.source = source;
        this.tasks = tasks;
        this.offered = properties.versions().isEmpty()
                ? KNOWN
                : properties.versions().stream().map(IstioVersion::parse).toList();
        this.fallback = properties.versions().isEmpty()
                ? Optional.of("the source of the charts has not answered yet")
                : Optional.empty();
    }

    /** Which ones a request may name, whether they are offered or not. */
    @Bean
    static AcceptedReleases acceptedReleases(ReleaseProperties properties) {
        return properties.accepted();
    }

    /** Never empty. */
    public List<IstioVersion> newestFirst() {
        return offered;
    }

    /** Why these are those that were new when Meshspan was released, and not what the source of the charts has; for people. */
    public Optional<String> fallback() {
        return fallback;
    }

    @EventListener(ApplicationReadyEvent.class)
    void askDaily() {
        if (properties.versions().isEmpty()) {
            var unused = tasks.scheduler("chart-versions", 1).scheduleWithFixedDelay(this::ask, Instant.now(), DAY);
        }
    }

    void ask() {
        try {
            List<IstioVersion> newest = newestOfEachMinor(source.read());
            if (newest.isEmpty()) {
                notSaid("the source of the charts does not list its versions, or has none that Meshspan accepts");
            } else if (!newest.equals(offered) || fallback.isPresent()) {
                LOG.info("The start forms offer Istio {}, the newest that the source of the charts has", newest);
                offered = newest;
                fallback = Optional.empty();
            }
        } catch (ChartVersions.Unreadable e) {
            LOG.warn("The start forms offer Istio {}: {}", offered, e.getMessage());
            notSaid(String.valueOf(e.getMessage()));
        }
    }

    /** What the source said before stays. */
    private void notSaid(String why) {
        if (fallback.isPresent()) {
            fallback = Optional.of(why);
        }
    }

    /** Candidates only where the source has nothing else. */
    private List<IstioVersion> newestOfEachMinor(List<IstioVersion> all) {
        List<IstioVersion> accepted =
                all.stream().filter(properties.accepted()::accept).toList();
        List<IstioVersion> releases = accepted.stream()
                .filter(Predicate.not(IstioVersion::isPreRelease))
                .toList();
        return (releases.isEmpty() ? accepted : releases)
                .stream()
                        .collect(Collectors.toMap(
                                version -> version.major() * 1_000 + version.minor(),
                                version -> version,
                                BinaryOperator.maxBy(Comparator.<IstioVersion>naturalOrder()),
                                TreeMap::new))
                        .descendingMap()
                        .values()
                        .stream()
                        .toList();
    }
}

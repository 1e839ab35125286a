package io.meshspan.rollout;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventSeries;
import io.fabric8.kubernetes.api.model.EventSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The events that controllers write about an object. */
public final class ClusterEvents {

    private ClusterEvents() {}

    /** Empty if this service may not list events. Events explain a problem; no decision depends on them alone. */
    public static Stream<Event> about(Cluster cluster, String kind, ObjectMeta object) {
        return inNamespace(cluster, object.getNamespace()).stream()
                .filter(event -> event.getInvolvedObject() != null
                        && kind.equals(event.getInvolvedObject().getKind())
                        && object.getName().equals(event.getInvolvedObject().getName())
                        && (event.getInvolvedObject().getUid() == null
                                || Objects.equals(
                                        object.getUid(),
                                        event.getInvolvedObject().getUid())));
    }

    /** When it was last seen. */
    public static Instant time(Event event) {
        return Stream.of(
                        Stream.ofNullable(event.getSeries())
                                .flatMap(series -> Stream.ofNullable(series.getLastObservedTime()))
                                .flatMap(time -> Stream.ofNullable(time.getTime())),
                        Stream.ofNullable(event.getLastTimestamp()),
                        Stream.ofNullable(event.getEventTime()).flatMap(time -> Stream.ofNullable(time.getTime())),
                        Stream.ofNullable(event.getMetadata().getCreationTimestamp()))
                .flatMap(times -> times)
                .findFirst()
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
    }

    /** How often it was seen; the API events.k8s.io counts in a series. */
    public static int count(Event event) {
        Optional<Integer> series = Optional.ofNullable(event.getSeries()).map(EventSeries::getCount);
        return series.or(() -> Optional.ofNullable(event.getCount())).orElse(1);
    }

    /** The component that wrote it; empty if it does not say. */
    public static String component(Event event) {
        return Optional.ofNullable(event.getReportingComponent())
                .filter(name -> !name.isEmpty())
                .or(() -> Optional.ofNullable(event.getSource()).map(EventSource::getComponent))
                .orElse("");
    }

    private static List<Event> inNamespace(Cluster cluster, String namespace) {
        try {
            return cluster.list(Event.class, namespace, Map.of());
        } catch (StepFailed denied) {
            return List.of();
        }
    }
}

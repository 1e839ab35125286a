package io.meshspan.process;

import static io.meshspan.faults.Fault.CUT;
import static io.meshspan.faults.Fault.ERROR;
import static io.meshspan.faults.Fault.EXPIRED;
import static io.meshspan.faults.Fault.LATE;
import static io.meshspan.faults.Fault.NO_ANSWER;
import static io.meshspan.faults.Fault.TOO_MANY;

import io.meshspan.faults.Fault;
import java.util.List;
import java.util.stream.Stream;

/**
 * What goes wrong on the way to the clusters of one change.
 *
 * @param share of all calls
 */
record Storm(String name, String topology, double share, List<Fault> faults) {

    private static final String NETWORKS = "multi-primary-multi-network";
    private static final String REMOTE = "primary-remote-multi-network";
    private static final double TENTH = 0.1;
    private static final List<Fault> ALL = List.of(ERROR, TOO_MANY, NO_ANSWER, CUT, EXPIRED);

    static final Storm NONE = new Storm("calm", NETWORKS, 0, List.of());
    static final Storm NONE_WITH_A_REMOTE = new Storm("calm-remote", REMOTE, 0, List.of());
    static final Storm BLACKOUT = new Storm("blackout", NETWORKS, 0, List.of());
    static final Storm ALL_OF_IT = new Storm("all", NETWORKS, TENTH, ALL);

    /** In the ordinary run without those of one kind alone: each of these kinds is met in the storm of all as well. */
    static Stream<Storm> all() {
        return Violence.isFull() ? Stream.concat(always(), oneKindAlone()) : always();
    }

    private static Stream<Storm> always() {
        return Stream.of(
                NONE,
                NONE_WITH_A_REMOTE,
                BLACKOUT,
                new Storm("late", NETWORKS, TENTH, List.of(LATE)),
                new Storm("expired", NETWORKS, 1, List.of(EXPIRED)),
                ALL_OF_IT,
                new Storm("all-remote", REMOTE, TENTH, ALL));
    }

    private static Stream<Storm> oneKindAlone() {
        return Stream.of(
                new Storm("errors", NETWORKS, TENTH, List.of(ERROR)),
                new Storm("too-many", NETWORKS, TENTH, List.of(TOO_MANY)),
                new Storm("no-answer", NETWORKS, TENTH, List.of(NO_ANSWER)),
                new Storm("cut", NETWORKS, TENTH, List.of(CUT)));
    }

    /** The same change without faults. */
    Storm calm() {
        return topology.equals(REMOTE) ? NONE_WITH_A_REMOTE : NONE;
    }

    /** Two clusters of its own. */
    List<String> clusters() {
        return List.of(name + "-east", name + "-west");
    }

    @Override
    public String toString() {
        return name;
    }
}

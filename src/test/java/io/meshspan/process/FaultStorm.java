package io.meshspan.process;

import static io.meshspan.faults.InjectedFault.CUT;
import static io.meshspan.faults.InjectedFault.ERROR;
import static io.meshspan.faults.InjectedFault.EXPIRED;
import static io.meshspan.faults.InjectedFault.LATE;
import static io.meshspan.faults.InjectedFault.NO_ANSWER;
import static io.meshspan.faults.InjectedFault.TOO_MANY;

import io.meshspan.faults.InjectedFault;
import java.util.List;
import java.util.stream.Stream;

/**
 * What goes wrong on the way to the clusters of one change.
 *
 * @param share of all calls
 */
record FaultStorm(String name, String topology, double share, List<InjectedFault> faults) {

    private static final String NETWORKS = "multi-primary-multi-network";
    private static final String REMOTE = "primary-remote-multi-network";
    private static final double TENTH = 0.1;
    private static final List<InjectedFault> ALL = List.of(ERROR, TOO_MANY, NO_ANSWER, CUT, EXPIRED);

    static final FaultStorm NONE = new FaultStorm("calm", NETWORKS, 0, List.of());
    static final FaultStorm NONE_WITH_A_REMOTE = new FaultStorm("calm-remote", REMOTE, 0, List.of());
    static final FaultStorm BLACKOUT = new FaultStorm("blackout", NETWORKS, 0, List.of());
    static final FaultStorm ALL_OF_IT = new FaultStorm("all", NETWORKS, TENTH, ALL);

    /** In the ordinary run without those of one kind alone: each of these kinds is met in the storm of all as well. */
    static Stream<FaultStorm> all() {
        return InjectedFailure.isFull() ? Stream.concat(always(), oneKindAlone()) : always();
    }

    private static Stream<FaultStorm> always() {
        return Stream.of(
                NONE,
                NONE_WITH_A_REMOTE,
                BLACKOUT,
                new FaultStorm("late", NETWORKS, TENTH, List.of(LATE)),
                new FaultStorm("expired", NETWORKS, 1, List.of(EXPIRED)),
                ALL_OF_IT,
                new FaultStorm("all-remote", REMOTE, TENTH, ALL));
    }

    private static Stream<FaultStorm> oneKindAlone() {
        return Stream.of(
                new FaultStorm("errors", NETWORKS, TENTH, List.of(ERROR)),
                new FaultStorm("too-many", NETWORKS, TENTH, List.of(TOO_MANY)),
                new FaultStorm("no-answer", NETWORKS, TENTH, List.of(NO_ANSWER)),
                new FaultStorm("cut", NETWORKS, TENTH, List.of(CUT)));
    }

    /** The same change without faults. */
    FaultStorm calm() {
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

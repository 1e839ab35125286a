package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.audit.Changes;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster is taken out of the inventory while a change works on it: people are told, and decide. */
@Tag("slow")
class ClusterGoneFromInventoryIT {

    private static final String DECIDE = "Decide how to go on";

    private final OwnApplication app;
    private PlayedChange playedChange;

    ClusterGoneFromInventoryIT() throws IOException {
        app = new OwnApplication(3, "--meshspan.api-server.late-write-within=8s");
        playedChange = app.request();
    }

    @BeforeEach
    void theChangeStandsStillInTheMiddle() {
        playedChange.task("Approve change");
        app.sandbox().cluster("cluster3").deny("patch", "deployments");
        playedChange.approve("carla");
        assertThat(playedChange.shown(DECIDE, "failureText")).contains("cluster3");
        app.sandbox().cluster("cluster3").allowAll();
        app.restart("cluster1", "cluster2");
        playedChange = app.again(playedChange);
        playedChange.decide("oscar", DECIDE, Map.of("decision", "retry"));
        assertThat(playedChange.shown(DECIDE, "failureText"))
                .contains("cluster3, inventory: expected this cluster", "no cluster of this name");
    }

    @Test
    void shouldGoOnWithoutItIfAPersonSaysSo() {
        playedChange.decide("oscar", DECIDE, Map.of("decision", "without", "comment", "it was given away"));

        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(outcome()).isEqualTo("Mesh verified without cluster3");
    }

    /** What of the change is there cannot be taken back until it is; meanwhile nobody is told that it was. */
    @Test
    void shouldAskInARollBackTooAndGoOnWhenItIsBack() {
        playedChange.decide("oscar", DECIDE, Map.of("decision", "rollBack", "comment", "not today"));
        assertThat(playedChange.shown(DECIDE, "failureText")).contains("cluster3, inventory: expected this cluster");

        app.restart("cluster1", "cluster2", "cluster3");
        playedChange = app.again(playedChange);
        playedChange.decide("oscar", DECIDE, Map.of("decision", "retry"));

        assertThat(playedChange.end()).isEqualTo("EndEvent_ChangeRolledBack");
    }

    private String outcome() {
        return String.valueOf(
                app.bean(Changes.class).find(playedChange.id()).orElseThrow().outcome());
    }

    @AfterEach
    void close() throws IOException {
        app.close();
    }
}

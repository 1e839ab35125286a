package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordKind;
import io.meshspan.sandbox.Write;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was planned is what was done and what was recorded: object by object, in every cluster, in each topology. */
class PlanRecordAndClustersIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> KEEPING_THE_SAMPLE = Map.of("keepSample", true);

    /** What a change keeps for itself in a cluster, and takes away again. */
    private static final String OWN = "kube-system";

    @ParameterizedTest
    @ValueSource(strings = {"multi-primary-multi-network", "primary-remote-multi-network"})
    void shouldTellTheSameOfEveryObject(String topology) {
        tellTheSameOfEveryObject(topology);
    }

    /** These two take fewer of the same steps. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"multi-primary", "primary-remote"})
    void shouldTellTheSameOfEveryObjectOnOneNetwork(String topology) {
        tellTheSameOfEveryObject(topology);
    }

    private static void tellTheSameOfEveryObject(String topology) {
        // given
        ProcessFleet processFleet =
                topology.endsWith("multi-network") ? TestApplication.take(3) : TestApplication.takeOnOneNetwork(3);

        // when
        PlayedChange installed = processFleet.request(topology, KEEPING_THE_SAMPLE);
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");

        // then
        NavigableSet<String> planned = planned(installed, "CREATED");
        assertThat(planned).isNotEmpty();
        assertThat(recorded(installed, "CREATED")).isEqualTo(planned);
        assertThat(written(processFleet, "patch")).isEqualTo(planned);
        assertThat(there(processFleet, planned)).isEqualTo(planned);

        // and when
        PlayedChange removal = processFleet.remove(Map.of("removeCrds", true, "evenIfInjected", true));
        removal.approve("carla");
        removal.decide("carla", "Approve removal of CRDs", Map.of("approved", true, "comment", "nobody uses them"));
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");

        // then
        NavigableSet<String> gone = planned(removal, "DELETED");
        assertThat(recorded(removal, "DELETED")).isEqualTo(gone);
        assertThat(written(processFleet, "delete")).isEqualTo(gone);
        assertThat(there(processFleet, gone)).isEmpty();
        assertThat(there(processFleet, planned)).isEmpty();
    }

    private static NavigableSet<String> planned(PlayedChange playedChange, String outcome) {
        NavigableSet<String> planned = new TreeSet<>();
        TestApplication.CONTEXT
                .getBean(JdbcClient.class)
                .sql("select c.OBJECTS from MESHSPAN_PLAN p join MESHSPAN_PLAN_CLUSTER c on c.PLAN_ID = p.ID"
                        + " where p.CHANGE_ID = ?")
                .param(playedChange.id())
                .query(String.class)
                .list()
                .forEach(cluster -> planned.addAll(planned(tree(cluster), outcome)));
        return planned;
    }

    private static Set<String> planned(JsonNode cluster, String outcome) {
        Set<String> planned = new TreeSet<>();
        String name = cluster.path("member").path("cluster").asText();
        cluster.path("objects").forEach(object -> {
            if (object.path("outcome").asText().equals(outcome)) {
                JsonNode ref = object.path("object");
                planned.add(line(
                        name,
                        ref.path("kind").asText(),
                        ref.path("namespace").asText(""),
                        ref.path("name").asText()));
            }
        });
        return planned;
    }

    private static NavigableSet<String> recorded(PlayedChange playedChange, String result) {
        return TestApplication.CONTEXT.getBean(Changes.class).of(playedChange.id()).stream()
                .map(ChainedRecord::record)
                .filter(record ->
                        record.kind() == RecordKind.OBJECT && record.result().equals(result))
                .map(PlanRecordAndClustersIT::line)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(AuditRecord record) {
        return record.cluster() + ": " + record.what();
    }

    private static NavigableSet<String> written(ProcessFleet processFleet, String verb) {
        NavigableSet<String> written = new TreeSet<>();
        processFleet
                .clusters()
                .forEach(cluster -> TestApplication.SANDBOX.writes(cluster).stream()
                        .filter(write -> write.verb().equals(verb))
                        .filter(write -> !write.namespace().equals(OWN))
                        .forEach(write -> written.add(line(cluster, write))));
        return written;
    }

    private static String line(String cluster, Write write) {
        return line(cluster, write.kind(), write.namespace(), write.name());
    }

    /** Those of these objects that are in the clusters now; a namespace that is being removed is not. */
    private static NavigableSet<String> there(ProcessFleet processFleet, Set<String> objects) {
        NavigableSet<String> there = new TreeSet<>();
        processFleet
                .clusters()
                .forEach(cluster -> TestApplication.SANDBOX.objects(cluster).values().stream()
                        .filter(object -> object.path("metadata")
                                .path("deletionTimestamp")
                                .isMissingNode())
                        .map(object -> line(
                                cluster,
                                object.path("kind").asText(),
                                object.path("metadata").path("namespace").asText(""),
                                object.path("metadata").path("name").asText()))
                        .filter(objects::contains)
                        .forEach(there::add));
        return there;
    }

    private static String line(String cluster, String kind, String namespace, String name) {
        return "%s: %s %s%s".formatted(cluster, kind, namespace.isEmpty() ? "" : namespace + "/", name);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

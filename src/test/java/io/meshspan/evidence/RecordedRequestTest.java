package io.meshspan.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshspan.audit.AuditDatabase;
import io.meshspan.audit.ChangeRequested;
import io.meshspan.audit.Changes;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.Removal;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.ShownRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was asked for is found among the records of this release and of earlier ones. */
class RecordedRequestTest {

    private static final String MESH = """
            {"id":"mesh1","topology":"AS_IT_IS","version":"1.30.3","images":{"hub":null,"tag":null},"revision":"",
             "extras":{"ingressGateway":false,"defaultTag":false},"members":[
             {"cluster":"cluster1","network":"network1","role":"PRIMARY","controlPlane":"cluster1"},
             {"cluster":"cluster2","network":"network2","role":"PRIMARY","controlPlane":"cluster2"},
             {"cluster":"cluster3","network":"network3","role":"PRIMARY","controlPlane":"cluster3"}]}""";

    private final AuditDatabase database = new AuditDatabase();

    @Test
    void shouldReadATakeOutThatAnEarlierReleaseCalledARemoval() {
        // given
        open("{\"mesh\":%s,\"removal\":{\"clusters\":[\"cluster3\"],\"crds\":false,\"evenIfInjected\":false}}"
                .formatted(MESH));

        // when
        ChangeRequest request = request();
        ShownRequest shown = ShownRequest.of(request);

        // then
        assertThat(request.kind()).isInstanceOf(ChangeKind.TakeOut.class);
        assertThat(shown.title()).isEqualTo("Approve taking cluster3 out of mesh1");
        assertThat(shown.facts())
                .contains(new ShownRequest.Fact("Asked for by", "olivia"))
                .extracting(ShownRequest.Fact::name)
                .doesNotContain("Options", "Mesh file");
        assertThat(shown.members())
                .extracting(ShownRequest.Part::clusters, ShownRequest.Part::becomes)
                .contains(tuple("cluster1", "stays"), tuple("cluster3", "leaves"));
    }

    @Test
    void shouldReadTheRemovalOfAWholeMeshOfAnEarlierRelease() {
        // given
        open("{\"mesh\":%s,\"removal\":{\"clusters\":[\"cluster1\",\"cluster2\",\"cluster3\"],\"crds\":true}}"
                .formatted(MESH));

        // then
        assertThat(ShownRequest.of(request()).title()).isEqualTo("Approve removal of mesh1");
        assertThat(request().kind()).isInstanceOf(ChangeKind.Remove.class);
        assertThat(request().kind().removes()).map(Removal::crds).contains(true);
    }

    @Test
    void shouldKnowNothingWhereNothingIsOnRecord() {
        open("{}");

        assertThat(RecordedRequest.of(database.changes, "c1")).isEmpty();
        assertThat(RecordedRequest.of(database.changes, "no such change")).isEmpty();
    }

    private ChangeRequest request() {
        Changes changes = database.changes;
        return RecordedRequest.of(changes, "c1").orElseThrow();
    }

    private void open(String data) {
        database.log.open(new ChangeRequested(
                "c1",
                "mesh1",
                "remove-mesh",
                "Check inputs",
                "olivia",
                "no longer needed",
                List.of("cluster1", "cluster2", "cluster3"),
                data));
    }
}

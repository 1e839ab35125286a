package io.meshspan.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.MeshId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind says what follows from it, and stays what it is on record. */
class ChangeKindTest {

    private static final Removal THIRD = new Removal(List.of(new ClusterName("cluster3")), true, false);
    private static final List<ClusterName> ALL =
            Stream.of("cluster1", "cluster2", "cluster3").map(ClusterName::new).toList();

    static Stream<ChangeKind> kinds() {
        return Stream.of(
                new ChangeKind.Install(),
                new ChangeKind.Verify(),
                new ChangeKind.Remove(THIRD),
                new ChangeKind.TakeOut(THIRD),
                new ChangeKind.Add(List.of(new ClusterName("cluster3"))),
                new ChangeKind.Rotate(RotatedCredential.REMOTE_TOKENS, List.of(new ClusterName("cluster3"))),
                new ChangeKind.Upgrade(IstioVersion.parse("1.29.6"), IstioVersion.parse("1.30.3")),
                new ChangeKind.Adopt());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldComeBackFromTheRecordAsWhatItWas(ChangeKind kind) throws Exception {
        ObjectMapper json = new ObjectMapper();

        assertThat(json.readValue(json.writeValueAsString(kind), ChangeKind.class))
                .isEqualTo(kind);
    }

    @Test
    void shouldSayWhatAnApprovalIsCalledAndWhatGoes() {
        MeshId mesh = new MeshId("mesh1");

        assertThat(kinds().map(kind -> kind.approvalTitle(mesh, "Some process")))
                .containsExactly(
                        "Approve change of mesh1: Some process",
                        "Approve change of mesh1: Some process",
                        "Approve removal of mesh1",
                        "Approve taking cluster3 out of mesh1",
                        "Approve adding cluster3 to mesh1",
                        "Approve rotating remote tokens of mesh1",
                        "Approve upgrade of mesh1 to Istio 1.30.3",
                        "Approve adopting mesh1");
        assertThat(kinds().map(kind -> kind.leaving().size())).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
        assertThat(kinds().map(ChangeKind::exposesGateways))
                .containsExactly(true, false, false, false, true, false, false, false);
    }

    @Test
    void shouldBeToldByWhatAnEarlierReleaseWroteDown() {
        Removal nothing = new Removal(List.of(), false, false);
        Removal whole = new Removal(ALL, false, true);

        assertThat(ChangeKind.earlier("multi-primary", ALL, nothing)).isEqualTo(new ChangeKind.Install());
        assertThat(ChangeKind.earlier("verify-mesh", ALL, nothing)).isEqualTo(new ChangeKind.Verify());
        assertThat(ChangeKind.earlier("remove-mesh", ALL, whole)).isEqualTo(new ChangeKind.Remove(whole));
        assertThat(ChangeKind.earlier("remove-mesh", ALL, THIRD)).isEqualTo(new ChangeKind.TakeOut(THIRD));
    }
}

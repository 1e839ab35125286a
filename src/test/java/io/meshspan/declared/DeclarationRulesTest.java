package io.meshspan.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.audit.ChangeState;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.Removal;
import io.meshspan.declared.DeclarationRules.Declaration;
import io.meshspan.declared.DeclaredMesh.State;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each way to end means for the mesh as it is declared. */
class DeclarationRulesTest {

    private static final Mesh TWO = mesh("cluster1", "cluster2");
    private static final Mesh THREE = mesh("cluster1", "cluster2", "cluster3");
    private static final ChangeKind INSTALL = new ChangeKind.Install();
    private static final ChangeKind VERIFY = new ChangeKind.Verify();

    @Test
    void shouldDeclareWhatAVerifiedInstallationMade() {
        assertThat(at(declared(TWO), INSTALL, THREE, ChangeState.VERIFIED))
                .contains(new Declaration(State.VERIFIED, THREE, null, ""));
    }

    @Test
    void shouldKeepTheMembersThatAnInstallationDoesNotName() {
        Declaration after =
                at(declared(THREE), INSTALL, TWO, ChangeState.VERIFIED).orElseThrow();

        assertThat(after.mesh().members()).isEqualTo(THREE.members());
        assertThat(after.note()).isEqualTo("Not named in the last change, and as they were: cluster3.");
    }

    @Test
    void shouldDeclareTheNewMembersOnceTheirAdditionIsVerified() {
        ChangeKind add = new ChangeKind.Add(List.of(new ClusterName("cluster3")));

        assertThat(at(declared(TWO), add, THREE, ChangeState.VERIFIED))
                .contains(new Declaration(State.VERIFIED, THREE, null, ""));
        assertThat(at(declared(TWO), add, THREE, ChangeState.STOPPED))
                .map(Declaration::mesh)
                .contains(TWO);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChangeState.class,
            names = {"STOPPED", "VERIFICATION_FAILED", "RESULT_NOT_ACCEPTED", "ROLL_BACK_STOPPED", "DELETED", "REJECTED"
            })
    void shouldBeUncertainAfterAChangeThatWroteAndDidNotEndWell(ChangeState end) {
        Declaration after = at(declared(TWO), INSTALL, THREE, end).orElseThrow();

        assertThat(after.state()).isEqualTo(State.UNCERTAIN);
        assertThat(after.mesh()).isEqualTo(TWO);
        assertThat(after.attempted()).isEqualTo(THREE);
        assertThat(after.note()).contains("install", end.inWords());
    }

    @Test
    void shouldStayAsItWasAfterARollBackAndAfterAChangeThatWroteNothing() {
        assertThat(at(declared(TWO), INSTALL, THREE, ChangeState.ROLLED_BACK)).isEmpty();
        assertThat(rules(declared(TWO), INSTALL, THREE, Set.of(), false).at(ChangeState.STOPPED))
                .isEmpty();
    }

    @Test
    void shouldKnowOfAFirstInstallationThatDidNotEndWellSoThatItCanBeRemoved() {
        Declaration after =
                at(Optional.empty(), INSTALL, TWO, ChangeState.STOPPED).orElseThrow();

        assertThat(after.state()).isEqualTo(State.UNCERTAIN);
        assertThat(after.mesh()).isEqualTo(TWO);
    }

    @Test
    void shouldDeclareAMeshWhoseVerificationPassesAndDoubtOneWhoseVerificationFails() {
        assertThat(at(Optional.empty(), VERIFY, TWO, ChangeState.VERIFIED))
                .map(Declaration::state)
                .contains(State.VERIFIED);
        assertThat(at(declared(TWO), VERIFY, TWO, ChangeState.VERIFICATION_FAILED))
                .map(Declaration::state)
                .contains(State.UNCERTAIN);
        assertThat(at(Optional.empty(), VERIFY, TWO, ChangeState.VERIFICATION_FAILED))
                .isEmpty();
        assertThat(at(declared(TWO), VERIFY, TWO, ChangeState.STOPPED)).isEmpty();
    }

    @Test
    void shouldHaveFewerMembersAfterATakeOutAndStayAsSureAsItWas() {
        ChangeKind kind = new ChangeKind.TakeOut(new Removal(List.of(new ClusterName("cluster3")), false, false));

        Declaration after =
                at(declared(THREE), kind, THREE, ChangeState.REMOVED).orElseThrow();
        Declaration unknown =
                at(Optional.empty(), kind, THREE, ChangeState.REMOVED).orElseThrow();

        assertThat(after.state()).isEqualTo(State.VERIFIED);
        assertThat(after.mesh().members()).isEqualTo(TWO.members());
        assertThat(unknown.state()).isEqualTo(State.UNCERTAIN);
        assertThat(unknown.note()).contains("never verified");
    }

    @Test
    void shouldBeGoneAfterARemovalUnlessAClusterWasLeftOut() {
        ChangeKind kind = new ChangeKind.Remove(new Removal(TWO.clusters(), false, false));

        assertThat(at(declared(TWO), kind, TWO, ChangeState.REMOVED))
                .map(Declaration::state)
                .contains(State.REMOVED);
        Declaration partly = rules(declared(TWO), kind, TWO, Set.of(new ClusterName("cluster2")), true)
                .at(ChangeState.REMOVED)
                .orElseThrow();
        assertThat(partly.state()).isEqualTo(State.UNCERTAIN);
        assertThat(partly.note()).contains("cluster2");
        assertThat(at(declared(THREE), kind, TWO, ChangeState.REMOVED)
                        .orElseThrow()
                        .note())
                .contains("cluster3");
    }

    private static Optional<Declaration> at(
            Optional<DeclaredMesh> before, ChangeKind kind, Mesh asked, ChangeState end) {
        return rules(before, kind, asked, Set.of(), true).at(end);
    }

    private static DeclarationRules rules(
            Optional<DeclaredMesh> before, ChangeKind kind, Mesh asked, Set<ClusterName> excluded, boolean wrote) {
        return new DeclarationRules(before, kind, asked, excluded, wrote);
    }

    private static Optional<DeclaredMesh> declared(Mesh mesh) {
        return Optional.of(new DeclaredMesh(
                1,
                Instant.EPOCH,
                State.VERIFIED,
                mesh,
                null,
                List.of("ab"),
                null,
                "keystore",
                "c1",
                "install",
                "olivia",
                ""));
    }

    static Mesh mesh(String... clusters) {
        return new Mesh(
                new MeshId("mesh1"),
                Topology.MULTI_PRIMARY,
                IstioVersion.parse("1.30.3"),
                Arrays.stream(clusters)
                        .map(name -> Member.primary(new ClusterName(name), new NetworkName("network1")))
                        .toList());
    }
}

package io.meshspan.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.meshspan.change.ChangeKind;
import io.meshspan.change.Removal;
import io.meshspan.change.RotatedCredential;
import io.meshspan.declared.DeclaredMesh.State;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether a change that has waited still starts from the mesh that there is. */
class OvertakenRequestTest {

    private static final Instant ASKED = Instant.parse("2026-01-31T12:00:00Z");
    private static final IstioVersion OLDER = IstioVersion.parse("1.29.6");
    private static final Mesh TWO = DeclarationRulesTest.mesh("cluster1", "cluster2");
    private static final Mesh THREE = DeclarationRulesTest.mesh("cluster1", "cluster2", "cluster3");
    private static final Mesh TWO_OLDER = new Mesh(TWO.id(), TWO.topology(), OLDER, TWO.members());
    private static final ChangeKind ADD = new ChangeKind.Add(List.of(new ClusterName("cluster3")));
    private static final ChangeKind UPGRADE = new ChangeKind.Upgrade(OLDER, TWO.version());
    private static final ChangeKind ROTATE = new ChangeKind.Rotate(RotatedCredential.ROOT, TWO.clusters());
    private static final ChangeKind INSTALL = new ChangeKind.Install();
    private static final ChangeKind VERIFY = new ChangeKind.Verify();

    @Test
    void shouldRefuseWhatStartsFromAnOlderVersionOfTheMesh() {
        Mesh added = new Mesh(THREE.id(), THREE.topology(), OLDER, THREE.members());

        assertThat(overtaken(declared(TWO), added, ADD))
                .hasValueSatisfying(finding -> assertThat(finding.toString())
                        .contains(
                                "Istio 1.29.6 in cluster1 (primary), cluster2 (primary), as when this change was requested")
                        .contains("Istio 1.30.3", "version 2 of the declared mesh (upgrade)", "Request it again"));
        assertThat(overtaken(declared(TWO), TWO_OLDER, ROTATE)).isPresent();
        assertThat(overtaken(declared(TWO), TWO_OLDER, VERIFY)).isPresent();
        assertThat(overtaken(declared(TWO), TWO.upgradingInPlace(TWO_OLDER), UPGRADE))
                .as("somebody else has upgraded it")
                .isPresent();
    }

    @Test
    void shouldRefuseWhatDoesNotKnowAMember() {
        assertThat(overtaken(declared(THREE), TWO, ROTATE)).isPresent();
        assertThat(overtaken(declared(TWO), THREE, VERIFY)).isPresent();
        assertThat(overtaken(declared(THREE), TWO, removal("cluster1", "cluster2")))
                .isPresent();
        assertThat(overtaken(declared(TWO), THREE, removal("cluster1", "cluster2", "cluster3")))
                .as("a removal is compared with the clusters")
                .isEmpty();
    }

    @Test
    void shouldRefuseWhatIsAboutAMeshThatIsRemoved() {
        assertThat(overtaken(declared(TWO, State.REMOVED, ASKED.plusSeconds(1)), TWO, ROTATE))
                .map(Finding::found)
                .contains("removed");
    }

    /** Such as the repair of a drift: it would bring back what a removal or an upgrade has taken away. */
    @Test
    void shouldRefuseAnInstallationThatAnUpgradeOrARemovalHasOvertaken() {
        assertThat(overtaken(declared(TWO), TWO_OLDER, INSTALL)).isPresent();
        assertThat(overtaken(declared(TWO, State.REMOVED, ASKED.plusSeconds(1)), TWO, INSTALL))
                .map(Finding::found)
                .contains("removed");
        assertThat(overtaken(declared(TWO, State.REMOVED, ASKED), TWO, INSTALL))
                .as("of a mesh that was removed before")
                .isEmpty();
    }

    @Test
    void shouldLetEverythingElsePass() {
        assertThat(overtaken(declared(TWO), THREE, ADD)).isEmpty();
        assertThat(overtaken(declared(TWO), TWO, VERIFY)).isEmpty();
        assertThat(overtaken(declared(TWO_OLDER), TWO.upgradingInPlace(TWO_OLDER), UPGRADE))
                .isEmpty();
        assertThat(overtaken(declared(TWO), THREE, INSTALL))
                .as("an installation says what it wants")
                .isEmpty();
        assertThat(overtaken(declared(TWO, State.VERIFIED, ASKED), TWO_OLDER, VERIFY))
                .as("nothing has changed since the request")
                .isEmpty();
    }

    private static ChangeKind removal(String... clusters) {
        return new ChangeKind.Remove(
                new Removal(List.of(clusters).stream().map(ClusterName::new).toList(), false, false));
    }

    private static Optional<Finding> overtaken(DeclaredMesh now, Mesh asked, ChangeKind kind) {
        DeclaredMeshes meshes = mock(DeclaredMeshes.class);
        when(meshes.find("mesh1")).thenReturn(Optional.of(now));
        return new OvertakenRequest(meshes).finding(asked, kind, ASKED);
    }

    private static DeclaredMesh declared(Mesh mesh) {
        return declared(mesh, State.VERIFIED, ASKED.plusSeconds(1));
    }

    private static DeclaredMesh declared(Mesh mesh, State state, Instant at) {
        return new DeclaredMesh(2, at, state, mesh, null, List.of(), null, null, "c2", "upgrade", "olivia", "");
    }
}

package io.meshspan.preflight;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.meshspan.deploy.GrantedRights;
import io.meshspan.kubernetes.Access;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.mesh.HelmValues;
import io.meshspan.verification.MeshVerification;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    private static final String BACKUP = "kube-system";
    private static final Set<String> OTHERWISE = Set.of(
            "create pods",
            "create selfsubjectaccessreviews.authorization.k8s.io",
            "delete configmaps in kube-system",
            "delete leases.coordination.k8s.io",
            "create tokenreviews.authentication.k8s.io",
            "create serviceaccounts/token",
            "patch daemonsets.apps",
            "patch statefulsets.apps");
    private static final Access LEASE = new Access("update", "coordination.k8s.io", "leases", "kube-system");

    private final MeshVerification verification = mock(MeshVerification.class);
    private final ClusterLeases leases = mock(ClusterLeases.class);
    private final Permissions check = new Permissions(verification, leases);

    @BeforeEach
    void setUp() {
        given(verification.sampleNamespace()).willReturn("sample");
        given(leases.permissions()).willReturn(List.of(LEASE));
    }

    @Test
    void shouldFindNothingWhereAllIsAllowed() {
        assertThat(CheckFindings.of(check, new ClusterInMemory("cluster1"))).isEmpty();
    }

    @Test
    void shouldTellEveryRightThatIsMissingInOneFinding() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .forbids(access -> access.resource().startsWith("pods/")
                        || (access.resource().equals("secrets")
                                && !access.verb().equals("get")
                                && !access.verb().equals("watch")));

        // then
        assertThat(CheckFindings.of(check, cluster))
                .singleElement()
                .satisfies(finding -> assertThat(finding.expected())
                        .isEqualTo(
                                "the rights to create/patch secrets in istio-system, get/create pods/portforward in istio-system,"
                                        + " get/create pods/exec in sample"));
    }

    @Test
    void shouldAskForTheNamespaceOfTheGatewaysToo() {
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .forbids(access -> access.namespace().equals("istio-gateways"));

        assertThat(CheckFindings.of(check, MESH.with(HelmValues.NONE, "istio-gateways"), cluster))
                .singleElement()
                .satisfies(finding -> assertThat(finding.expected())
                        .contains("deployments.apps in istio-gateways", "services in istio-gateways"));
        assertThat(CheckFindings.of(check, cluster)).isEmpty();
    }

    /** A change that may not hold a cluster would stop after its approval. */
    @Test
    void shouldAskForTheLeaseAndTheSampleBeforeAVerificationToo() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .forbids(access -> access.equals(LEASE)
                        || access.resource().equals("pods/exec")
                        || access.resource().equals("clusterroles"));

        // then
        assertThat(CheckFindings.of(check, cluster))
                .singleElement()
                .satisfies(finding -> assertThat(finding.expected())
                        .contains("clusterroles", "get/create pods/exec in sample", LEASE.toString()));
        assertThat(CheckFindings.beforeVerification(check, cluster))
                .singleElement()
                .satisfies(finding -> assertThat(finding.expected())
                        .isEqualTo("the rights to get/create pods/exec in sample, " + LEASE));
    }

    @Test
    void shouldAskForClusterWideKindsWithoutANamespace() {
        assertThat(NeededPermissions.toInstall())
                .contains(
                        new Access("create", "rbac.authorization.k8s.io", "clusterroles", ""),
                        new Access("patch", "apiextensions.k8s.io", "customresourcedefinitions", ""),
                        new Access("create", "discovery.k8s.io", "endpointslices", "istio-system"),
                        new Access("patch", "networking.istio.io", "virtualservices", "istio-system"));
    }

    /** What the preflight asks for is what {@code deploy/rights/meshspan.yaml} grants. */
    @Test
    void shouldAskForNothingThatTheDocumentedRolesLack() throws IOException {
        GrantedRights granted = GrantedRights.read();

        assertThat(Stream.of(
                                NeededPermissions.toInstall(),
                                NeededPermissions.toVerify("sample"),
                                NeededPermissions.forGatewaysIn("istio-gateways"),
                                NeededPermissions.toRollBack())
                        .flatMap(rights -> rights))
                .allMatch(granted::allows);
    }

    /**
     * What it may read it tells itself where it may not; pods are created as a dry run; a removal asks for what it deletes; a
     * rotation for its reviews, a change of the root for the workloads that it restarts (RotationRights); a mesh with bound tokens for
     * their requests.
     */
    @Test
    void shouldAskForAllThatAChangeWrites() throws IOException {
        Set<String> asked = Stream.of(
                        NeededPermissions.toInstall(),
                        NeededPermissions.toVerify("sample"),
                        NeededPermissions.toRollBack(),
                        Stream.of("create", "update", "delete").map(verb -> new Access(verb, "", "secrets", BACKUP)),
                        Stream.of("create", "update")
                                .map(verb -> new Access(verb, "coordination.k8s.io", "leases", BACKUP)))
                .flatMap(rights -> rights)
                .map(GrantedRights::line)
                .collect(Collectors.toSet());

        assertThat(GrantedRights.used())
                .filteredOn(line -> !line.startsWith("get ") && !line.startsWith("list "))
                .filteredOn(line -> !OTHERWISE.contains(line))
                .hasSizeGreaterThan(50)
                .allMatch(asked::contains);
    }
}

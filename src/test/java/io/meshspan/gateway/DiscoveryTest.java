package io.meshspan.gateway;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.ONE;
import static io.meshspan.mesh.TwoPrimaries.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.mesh.DeclaredGateway;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {

    private final ClusterInMemory one = new ClusterInMemory("cluster1");
    private final ClusterInMemory two = new ClusterInMemory("cluster2");
    private final HostLookup known = new HostLookup() {
        @Override
        List<String> ips(String host, boolean v6) {
            return host.equals("lb.example.org") ? List.of("192.0.2.1", "192.0.2.2") : List.of();
        }
    };

    @Test
    void shouldBeTheIpWithoutAWord() {
        address("192.0.2.9");

        assertThat(of(HostnameWay.RESOLVE, mesh("1.30.3", ""))).contains(DiscoveryAddress.at("192.0.2.9"));
        assertThat(check(HostnameWay.RESOLVE, mesh("1.30.3", ""))).isEmpty();
    }

    @Test
    void shouldNotBeKnownBeforeTheGatewayHasAnAddress() {
        assertThat(of(HostnameWay.RESOLVE, mesh("1.30.3", ""))).isEmpty();
        assertThat(check(HostnameWay.RESOLVE, mesh("1.30.3", ""))).isEmpty();
    }

    @Test
    void shouldResolveAHostnameAndWarnThatItMayMove() {
        address("lb.example.org");

        assertThat(of(HostnameWay.RESOLVE, mesh("1.28.10", ""))).contains(DiscoveryAddress.at("192.0.2.1"));
        assertThat(check(HostnameWay.RESOLVE, mesh("1.28.10", "")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.found()).contains("lb.example.org", "192.0.2.1");
                });
    }

    @Test
    void shouldRefuseAHostnameThatNobodyKnows() {
        address("nowhere.example.org");

        refused(HostnameWay.RESOLVE, mesh("1.30.3", ""), "nowhere.example.org");
    }

    @Test
    void shouldKeepTheHostnameWhereTheGatewayOffersTheWebhookAt443() {
        address("lb.example.org");

        assertThat(of(HostnameWay.WEBHOOK_PORT_443, mesh("1.30.3", "")))
                .contains(DiscoveryAddress.at("lb.example.org"));
        refused(HostnameWay.WEBHOOK_PORT_443, mesh("1.29.6", ""), "Use Istio 1.30");
    }

    @Test
    void shouldCallTheWebhookByItsOwnUrlAndSayWhatThatNeeds() {
        address("lb.example.org");

        assertThat(of(HostnameWay.INJECTION_URL, mesh("1.30.3", "")))
                .contains(new DiscoveryAddress("lb.example.org", Optional.of("lb.example.org")));
        assertThat(check(HostnameWay.INJECTION_URL, mesh("1.30.3", "")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.advice()).contains("ISTIOD_CUSTOM_HOST"));
        refused(HostnameWay.INJECTION_URL, mesh("1.30.3", "1-30"), "revision");
        Mesh beside = mesh("1.30.3", "1-30").upgrading(mesh("1.29.6", ""));
        refused(HostnameWay.INJECTION_URL, beside, "Start upgrade-in-place");
    }

    @Test
    void shouldRefuseAnIpv6AddressWhereTheChartTakesItForAHostname() {
        address("2001:db8::7");

        assertThat(of(HostnameWay.RESOLVE, mesh("1.30.3", ""))).contains(DiscoveryAddress.at("2001:db8::7"));
        refused(HostnameWay.RESOLVE, mesh("1.29.6", ""), "2001:db8::7");
    }

    /** The order of a Service says nothing about what the other side can use. */
    @Test
    void shouldChooseIpv4OfSeveralAndSaySo() {
        addresses("2001:db8:31::10", "203.0.113.31");

        assertThat(of(HostnameWay.RESOLVE, mesh("1.28.10", ""))).hasValueSatisfying(address -> {
            assertThat(address.address()).isEqualTo("203.0.113.31");
            assertThat(address.why()).isEqualTo("203.0.113.31 of 2001:db8:31::10, 203.0.113.31: IPv4");
        });
        assertThat(check(HostnameWay.RESOLVE, mesh("1.28.10", "")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                    assertThat(finding.found()).contains("203.0.113.31 of");
                });
    }

    @Test
    void shouldChooseIpv6WhereTheRemoteHasNothingElse() {
        addresses("203.0.113.31", "2001:db8:31::10");
        pods("2001:db8:99::/64");

        assertThat(of(HostnameWay.RESOLVE, mesh("1.30.3", "")))
                .hasValueSatisfying(address -> assertThat(address.address()).isEqualTo("2001:db8:31::10"));
        assertThat(check(HostnameWay.RESOLVE, mesh("1.29.6", "")))
                .anyMatch(finding -> finding.severity() == Severity.BLOCKING
                        && finding.found().equals("203.0.113.31"));
    }

    @Test
    void shouldRefuseIpv6AloneWhereTheRemoteHasNone() {
        addresses("2001:db8:31::10");
        pods("10.1.0.0/24");

        refused(HostnameWay.RESOLVE, mesh("1.30.3", ""), "IPv4");
    }

    @Test
    void shouldPreferAnIpToAName() {
        addresses("lb.example.org", "203.0.113.31");

        assertThat(of(HostnameWay.RESOLVE, mesh("1.30.3", "")))
                .hasValueSatisfying(address -> assertThat(address.address()).isEqualTo("203.0.113.31"));
    }

    @Test
    void shouldBeTheDeclaredAddressWhateverTheServiceSays() {
        addresses("10.0.0.5");
        Mesh behind = mesh("1.30.3", "");
        Mesh mesh = new Mesh(
                behind.id(),
                behind.topology(),
                behind.version(),
                List.of(
                        behind.members().get(0).with(HelmValues.NONE, new DeclaredGateway("198.51.100.7", null)),
                        behind.members().get(1)));

        assertThat(of(HostnameWay.RESOLVE, mesh)).contains(DiscoveryAddress.at("198.51.100.7"));
    }

    /** Docker Desktop and k3d give localhost; internal load balancers of two networks may have one address. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "169.254.3.4", "fe80::1", "0.0.0.0"})
    void shouldRefuseAnAddressThatLeadsEachHostToItself(String address) {
        addresses(address);

        assertThat(check(HostnameWay.RESOLVE, MESH)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(finding.found()).isEqualTo(address + ", which leads each host to itself");
        });
    }

    @Test
    void shouldRefuseOneAddressOfTwoNetworks() {
        addresses(one, "10.0.0.5");
        addresses(two, "10.0.0.5");

        assertThat(check(HostnameWay.RESOLVE, MESH)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(finding.where()).isEqualTo("cluster2");
            assertThat(finding.expected()).contains("the gateway of cluster1");
        });
    }

    /** Istiod takes them all, so what one side cannot use makes every second connection fail. */
    @Test
    void shouldWarnThatOtherNetworksGetAllAddresses() {
        addresses("2001:db8:31::10", "203.0.113.31");

        assertThat(check(HostnameWay.RESOLVE, MESH)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.advice()).contains("gateway.address");
        });
    }

    /** Both primaries read endpoints of each other, although neither is a remote. */
    @Test
    void shouldRefuseAnAddressThatPodsOfAnotherNetworkCannotUse() {
        addresses("2001:db8:31::10");
        pods("10.1.0.0/24");

        assertThat(check(HostnameWay.RESOLVE, MESH)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(finding.where()).isEqualTo("cluster1");
            assertThat(finding.expected()).isEqualTo("an address of a family that pods of cluster2 have: [IPv4]");
            assertThat(finding.found()).isEqualTo("2001:db8:31::10");
        });
    }

    @Test
    void shouldTakeAddressesOfBothFamiliesWhereTheOtherNetworkHasBoth() {
        addresses("2001:db8:31::10", "203.0.113.31");
        pods("10.1.0.0/24", "2001:db8:99::/64");

        assertThat(check(HostnameWay.RESOLVE, MESH)).isEmpty();
    }

    private void pods(String... ranges) {
        two.apply(new NodeBuilder()
                .withNewMetadata()
                .withName("node-1")
                .endMetadata()
                .withNewSpec()
                .withPodCIDRs(ranges)
                .endSpec()
                .build());
    }

    private void refused(HostnameWay way, Mesh mesh, String words) {
        assertThat(check(way, mesh))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.BLOCKING));
        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> of(way, mesh))
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.ADDRESS_UNUSABLE));
    }

    private Optional<DiscoveryAddress> of(HostnameWay way, Mesh mesh) {
        return discovery(way).of(mesh, mesh.member(TWO));
    }

    private List<Finding> check(HostnameWay way, Mesh mesh) {
        return discovery(way).check(mesh);
    }

    private Discovery discovery(HostnameWay way) {
        return new Discovery(ClustersInMemory.of(one, two), new GatewayProperties(way), known);
    }

    private void address(String address) {
        addresses(address);
    }

    private void addresses(String... addresses) {
        addresses(one, addresses);
    }

    private static void addresses(ClusterInMemory cluster, String... addresses) {
        cluster.apply(new ServiceBuilder()
                .withNewMetadata()
                .withName("istio-eastwestgateway")
                .withNamespace("istio-system")
                .endMetadata()
                .withNewStatus()
                .withNewLoadBalancer()
                .withIngress(Stream.of(addresses).map(DiscoveryTest::ingress).toList())
                .endLoadBalancer()
                .endStatus()
                .build());
    }

    private static LoadBalancerIngress ingress(String address) {
        boolean ip = Character.isDigit(address.charAt(0));
        return new LoadBalancerIngressBuilder()
                .withIp(ip ? address : null)
                .withHostname(ip ? null : address)
                .build();
    }

    private static Mesh mesh(String version, String revision) {
        return new Mesh(
                MESH.id(),
                Topology.PRIMARY_REMOTE,
                IstioVersion.parse(version),
                ImageSource.CONFIGURED,
                new Revision(revision),
                ProfileExtras.NONE,
                List.of(
                        Member.primary(ONE, new NetworkName("network1")),
                        Member.remote(TWO, new NetworkName("network1"), ONE)));
    }
}

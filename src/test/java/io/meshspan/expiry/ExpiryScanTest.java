package io.meshspan.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.meshspan.expiry.ExpiringCredential.End;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.mesh.Topology;
import io.meshspan.remotesecret.RemoteTokens;
import io.meshspan.remotesecret.TokenLifetime;
import io.meshspan.trust.InstalledCas;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When tokens that end are renewed, and when people are told of them. */
class ExpiryScanTest {

    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
    private static final ClusterName FIRST = new ClusterName("cluster1");
    private static final ClusterName SECOND = new ClusterName("cluster2");
    private static final Mesh UNBOUND = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            List.of(
                    Member.primary(FIRST, new NetworkName("network1")),
                    Member.primary(SECOND, new NetworkName("network1"))));
    private static final Mesh BOUND = UNBOUND.with(TokenExpiration.of("100h"));

    private final Clusters clusters = mock();
    private final InstalledCas certificates = mock();
    private final RemoteTokens tokens = mock();

    /** Of 100 hours that a token is valid. */
    @ParameterizedTest
    @CsvSource({
        "true, 34, false, false",
        "true, 33, true, false",
        "true, 17, true, false",
        "true, 16, true, true",
        "true, -1, true, true",
        "false, 34, false, false",
        "false, 33, true, true",
    })
    void shouldRenewInTimeAndAskPeopleIfNobodyDid(boolean unattended, int hoursLeft, boolean renew, boolean overdue) {
        reads(FIRST, SECOND, hoursLeft);
        reads(SECOND, FIRST, 90);
        ExpiryScan scan = scan(unattended);

        assertThat(scan.tokensToRenew(BOUND, NOW)).isEqualTo(renew);
        assertThat(scan.tokensOverdue(BOUND, NOW)).isEqualTo(overdue);
        assertThat(scan.of(BOUND, NOW, Duration.ofDays(60), new ArrayList<>())).hasSize(overdue ? 1 : 0);
    }

    @Test
    void shouldTellOfTokensThatNobodyRenewsAsOfEveryCredential() {
        reads(FIRST, SECOND, 90);
        cluster(SECOND);

        assertThat(scan(true).of(UNBOUND, NOW, Duration.ofHours(99), new ArrayList<>()))
                .singleElement()
                .satisfies(credential -> {
                    assertThat(credential.credential()).isEqualTo(WatchedCredential.REMOTE_TOKENS);
                    assertThat(credential.ends())
                            .containsExactly(new End(
                                    "cluster2",
                                    "the token with which cluster1 reads it",
                                    NOW.plus(Duration.ofHours(90))));
                });
    }

    /** Tokens of 100 hours in a mesh whose declaration knows of none: others renew them, as an adoption found. */
    @ParameterizedTest
    @CsvSource({"34, false", "33, true", "0, true"})
    void shouldTellOfTokensOfOthersOnceTheirRenewalIsLate(int hoursLeft, boolean told) {
        reads(FIRST, SECOND, hoursLeft);
        cluster(SECOND);

        assertThat(scan(true).of(UNBOUND, NOW, Duration.ofDays(60), new ArrayList<>()))
                .hasSize(told ? 1 : 0);
    }

    @Test
    void shouldReadTheOthersIfAClusterDoesNotAnswer() {
        Cluster first = cluster(FIRST);
        when(tokens.lifetimes(any(), same(first))).thenThrow(new TransientException("no answer"));
        ExpiryScan scan = scan(true);
        cluster(SECOND);
        assertThat(scan.tokensToRenew(BOUND, NOW)).as("nothing is known").isFalse();

        reads(SECOND, FIRST, 10);
        List<ClusterName> unread = new ArrayList<>();

        assertThat(scan.tokensToRenew(BOUND, NOW)).isTrue();
        assertThat(scan.tokensOverdue(BOUND, NOW)).isTrue();
        assertThat(scan.of(BOUND, NOW, Duration.ofDays(60), unread)).hasSize(1);
        assertThat(unread).containsExactly(FIRST);
    }

    private Cluster cluster(ClusterName name) {
        Cluster cluster = mock();
        when(clusters.get(name)).thenReturn(cluster);
        when(tokens.lifetimes(any(), same(cluster))).thenReturn(new TreeMap<>());
        when(cluster.found(anyString(), anyString(), any())).thenReturn(List.of());
        return cluster;
    }

    private void reads(ClusterName reader, ClusterName target, int hoursLeft) {
        Cluster cluster = cluster(reader);
        Instant end = NOW.plus(Duration.ofHours(hoursLeft));
        when(tokens.lifetimes(any(), same(cluster)))
                .thenReturn(new TreeMap<>(Map.of(target, new TokenLifetime(end.minus(Duration.ofHours(100)), end))));
    }

    private ExpiryScan scan(boolean unattended) {
        return new ExpiryScan(
                clusters,
                certificates,
                tokens,
                new TokenRenewalProperties("0 */10 * * * *", ZoneOffset.UTC, 33, unattended));
    }
}

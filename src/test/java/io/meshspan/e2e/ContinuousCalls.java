package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Clients in each cluster that call all clusters, until closed. Where the clusters have proxies, a pod of the first one makes real
 * calls besides.
 */
final class ContinuousCalls implements AutoCloseable {

    private static final int ENOUGH = 20;
    private static final int AFTERWARDS = 10;

    private final List<WatchedCluster> watched;
    private final List<ClientProxy> proxies;
    private final CallsAcross real;

    private ContinuousCalls(List<WatchedCluster> watched, List<ClientProxy> proxies, CallsAcross real) {
        this.watched = watched;
        this.proxies = proxies;
        this.real = real;
    }

    static ContinuousCalls among(List<LiveCluster> clusters) {
        List<WatchedCluster> watched =
                clusters.stream().map(WatchedCluster::new).toList();
        return new ContinuousCalls(
                watched, ClientProxy.inEach(watched), CallsAcross.from(clusters.get(0), HelloWorldWorkloads.CALLER));
    }

    /** After some more calls, for what a change did last shows in them. */
    void assertNoneLost() {
        for (ClientProxy proxy : proxies) {
            int enough = proxy.answeredByEach() + AFTERWARDS;
            await().atMost(1, TimeUnit.MINUTES)
                    .until(() -> !proxy.failed().isEmpty() || proxy.answeredByEach() > enough);
        }
        System.out.println(this);
        assertThat(proxies).allSatisfy(proxy -> {
            assertThat(proxy.failed()).isEmpty();
            assertThat(proxy.answeredByEach()).isGreaterThan(ENOUGH);
        });
        if (real.hasProxy()) {
            assertThat(real.failed()).isEmpty();
            assertThat(real.answered()).isGreaterThan(ENOUGH);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        proxies.forEach(proxy -> text.append(proxy).append('\n'));
        return text.append(real).toString();
    }

    @Override
    public void close() {
        proxies.forEach(ClientProxy::close);
        real.close();
        watched.forEach(WatchedCluster::close);
    }
}

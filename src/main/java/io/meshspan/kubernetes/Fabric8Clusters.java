package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshspan.difference.PlanProperties;
import io.meshspan.finding.StepFailed;
import io.meshspan.inventory.ContextLogin;
import io.meshspan.inventory.FileTimes;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.connection.ApiCallMeter;
import io.meshspan.kubernetes.connection.Connection;
import io.meshspan.kubernetes.connection.ConnectionProperties;
import io.meshspan.kubernetes.connection.UnansweredWrites;
import io.meshspan.kubernetes.failure.ClientExceptionTranslator;
import io.meshspan.login.LoginFailed;
import io.meshspan.mesh.ClusterName;
import io.meshspan.tracing.WorkScope;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Connects to each cluster at its first use, and keeps the connection until the credentials change. */
@Component
final class Fabric8Clusters implements Clusters {

    private static final Logger LOG = LoggerFactory.getLogger(Fabric8Clusters.class);

    private static final int SIDE_BY_SIDE = 32;

    /** Longer than any running call or watch. */
    private static final int MINUTES_TO_END = 10;

    private final Inventory inventory;
    private final ConnectionProperties limits;
    private final PlanProperties plans;
    private final ApiCallMeter meter;
    private final Map<ClusterName, Connected> connected = new ConcurrentHashMap<>();

    /** Outlives a connection: writes of a replaced connection count, too. */
    private final Map<ClusterName, UnansweredWrites> unanswered = new ConcurrentHashMap<>();

    private final ExecutorService threads =
            Executors.newFixedThreadPool(SIDE_BY_SIDE, ParallelCalls.daemons("clusters"));

    /** One thread for each cluster in use; each waits most of its time. */
    private final ExecutorService longCalls = Executors.newCachedThreadPool(ParallelCalls.daemons("long-calls"));

    /** Separate from the other threads, which wait for these. */
    private final ExecutorService questions =
            Executors.newFixedThreadPool(SIDE_BY_SIDE, ParallelCalls.daemons("clusters"));

    Fabric8Clusters(Inventory inventory, ConnectionProperties limits, PlanProperties plans, ApiCallMeter meter) {
        this.meter = meter;
        this.plans = plans;
        this.inventory = inventory;
        this.limits = limits;
    }

    @Override
    public Cluster get(ClusterName name) {
        return connected.compute(name, this::connected).cluster();
    }

    private Connected connected(ClusterName name, @Nullable Connected before) {
        if (before == null) {
            return connect(name);
        }
        KnownCluster now = inventory.find(name).orElseThrow(() -> ClientExceptionTranslator.unknown(name));
        return before.isOf(now) ? before : renewed(name, before);
    }

    /** A file may be incomplete while somebody writes it. Until it can be read, the earlier content is used. */
    private Connected renewed(ClusterName name, Connected before) {
        try {
            Connected now = connect(name);
            LOG.info("{}: the kubeconfig or a file that it names has changed, so this is a new connection", name);
            CompletableFuture.delayedExecutor(MINUTES_TO_END, TimeUnit.MINUTES, questions)
                    .execute(before.cluster()::close);
            return now;
        } catch (StepFailed unusable) {
            LOG.warn("{}: the kubeconfig has changed and cannot be used; the earlier connection stays", name);
            return before;
        }
    }

    private Connected connect(ClusterName name) {
        KnownCluster known = inventory.find(name).orElseThrow(() -> ClientExceptionTranslator.unknown(name));
        ContextLogin login = known.login().orElseThrow(() -> ClientExceptionTranslator.unusable(known));
        FileTimes credentials =
                FileTimes.of(Stream.concat(known.kubeconfig().files().stream(), login.files().stream()));
        try {
            UnansweredWrites writes = unanswered.computeIfAbsent(name, first -> new UnansweredWrites());
            return new Connected(
                    new Fabric8Cluster(
                            known,
                            login,
                            Connection.open(login, limits, writes, meter.of(name)),
                            questions,
                            writes,
                            plans),
                    known,
                    credentials);
        } catch (LoginFailed e) {
            throw ClientExceptionTranslator.failed(name, e);
        } catch (KubernetesClientException e) {
            throw ClientExceptionTranslator.unusable(known);
        }
    }

    @Override
    public Duration lateWriteWithin() {
        return limits.lateWriteWithin();
    }

    @Override
    public <R> SortedMap<ClusterName, R> inEach(Collection<ClusterName> names, Function<Cluster, R> step) {
        return new ParallelCalls(threads).run(names, name -> logged(name, step));
    }

    @Override
    public <R> SortedMap<ClusterName, R> inEachForLong(Collection<ClusterName> names, Function<Cluster, R> step) {
        return new ParallelCalls(longCalls).run(names, name -> logged(name, step));
    }

    private <R> R logged(ClusterName name, Function<Cluster, R> step) {
        return WorkScope.in(name.value(), () -> step.apply(get(name)));
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
        longCalls.shutdownNow();
        questions.shutdownNow();
        connected.values().forEach(kept -> kept.cluster().close());
    }

    private record Connected(Fabric8Cluster cluster, KnownCluster known, FileTimes credentials) {

        boolean isOf(KnownCluster now) {
            return known.equals(now) && !credentials.changed();
        }
    }
}

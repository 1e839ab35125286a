package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshspan.difference.IgnoredFields;
import io.meshspan.difference.PlanProperties;
import io.meshspan.finding.TransientException;
import io.meshspan.inventory.ContextLogin;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.connection.UnansweredWrites;
import io.meshspan.kubernetes.failure.ClientExceptionTranslator;
import io.meshspan.kubernetes.failure.TransientRetry;
import io.meshspan.login.ProxyRoute;
import io.meshspan.login.ProxyTunnel;
import io.meshspan.mesh.ClusterName;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One cluster: the short reads, and what all calls share, one at a time to a silent server, and the sorting of failures. */
final class Fabric8Cluster implements Cluster {

    private final KnownCluster known;
    private final ContextLogin login;
    private final KubernetesClient client;
    private final ApiDiscovery apiDiscovery;
    private final MetadataReader metadata;
    private final FailingWebhook failingWebhook = new FailingWebhook();
    private final StandInNamespace standIn;
    private final PodDryRun podDryRun;
    private final ObjectApplier applier;
    private final ObjectRestore objectRestore;
    private final TypedResources typed;
    private final PodRestart podRestart;
    private final FieldPatch fieldPatch;
    private final ApiServerProbe probe;
    private final ParallelCalls parallelCalls;
    private final UnansweredWrites writes;
    private final TransientRetry.CircuitBreaker circuitBreaker = new TransientRetry.CircuitBreaker();

    Fabric8Cluster(
            KnownCluster known,
            ContextLogin login,
            KubernetesClient client,
            Executor questions,
            UnansweredWrites writes,
            PlanProperties plans) {
        this.known = known;
        this.login = login;
        this.writes = writes;
        this.client = client;
        this.apiDiscovery = new ApiDiscovery(client);
        ApiRequests requests = new ApiRequests(client);
        this.metadata = new MetadataReader(client, apiDiscovery, requests);
        this.standIn = new StandInNamespace(client, plans.standIn());
        this.podDryRun = new PodDryRun(client, requests, standIn);
        IgnoredFields ignored = new IgnoredFields(plans.ignoreDifferences());
        this.applier = new ObjectApplier(known.name(), client, apiDiscovery, requests, ignored, standIn);
        this.objectRestore = new ObjectRestore(known.name(), client, apiDiscovery, requests);
        this.typed = new TypedResources(client);
        this.fieldPatch = new FieldPatch(known.name(), client, apiDiscovery, requests);
        this.podRestart = new PodRestart(known.name(), client, fieldPatch);
        this.probe = new ApiServerProbe(client, questions);
        this.parallelCalls = new ParallelCalls(questions);
    }

    @Override
    public ClusterName name() {
        return known.name();
    }

    @Override
    public String apiServer() {
        return known.apiServer().map(URI::toString).orElseGet(probe::address);
    }

    @Override
    public boolean apiServerNamed() {
        return known.apiServer().isPresent();
    }

    @Override
    public Optional<String> tlsServerName() {
        return apiServerNamed() ? Optional.empty() : login.tlsServerName();
    }

    @Override
    public Optional<ProxyTunnel> proxy() {
        return ProxyTunnel.to(URI.create(apiServer()), login);
    }

    @Override
    public Optional<Duration> unansweredWrite() {
        return writes.youngest();
    }

    @Override
    public ServerVersion serverVersion() {
        apiDiscovery.forget();
        return sorted("API server", probe::version);
    }

    @Override
    public List<Access> denied(Collection<Access> wanted) {
        return sorted("access review", () -> probe.denied(wanted));
    }

    @Override
    public AppliedObject apply(HasMetadata desired) {
        return sorted(desired, () -> applier.apply(desired));
    }

    @Override
    public boolean replace(HasMetadata object) {
        return sorted(object, () -> applier.replace(object));
    }

    @Override
    public List<AppliedObject> applyAll(List<? extends HasMetadata> desired) {
        List<Integer> all = IntStream.range(0, desired.size()).boxed().toList();
        return List.copyOf(parallelCalls.run(all, i -> apply(desired.get(i))).values());
    }

    @Override
    public DryRunResult preview(HasMetadata desired) {
        return sorted(desired, () -> applier.preview(desired));
    }

    @Override
    public Admission admission(Pod pod) {
        return sorted("dry run of a pod in " + pod.getMetadata().getNamespace(), () -> podDryRun.ask(pod));
    }

    @Override
    public void endDryRuns() {
        standIn.remove();
    }

    @Override
    public Map<ObjectRef, String> states(Collection<ObjectRef> objects) {
        return sorted("what is there", () -> metadata.states(objects));
    }

    @Override
    public Map<ObjectRef, ObjectMeta> metadata(Collection<ObjectRef> objects) {
        return sorted("what is there", () -> metadata.of(objects));
    }

    @Override
    public AppliedObject merge(ObjectRef object, Map<String, ?> fields) {
        return sorted(object.toString(), () -> fieldPatch.send(object, fields));
    }

    @Override
    public boolean serves(String apiVersion, String kind) {
        return sorted("kind " + kind, () -> apiDiscovery.find(apiVersion, kind).isPresent());
    }

    @Override
    public AppliedObject delete(HasMetadata reference) {
        return sorted(ObjectRef.of(reference).toString(), () -> {
            if (reference.getKind().equals("CustomResourceDefinition")) {
                apiDiscovery.forget();
            }
            return applier.delete(reference);
        });
    }

    @Override
    public AppliedObject restart(ObjectRef deployment, String mark) {
        return sorted(deployment.toString(), () -> podRestart.of(deployment, mark));
    }

    @Override
    public DryRunResult previewRestart(ObjectRef deployment, String mark) {
        return sorted(deployment.toString(), () -> podRestart.preview(deployment, mark));
    }

    @Override
    public boolean authenticates(String token) {
        return sorted("token review", () -> probe.authenticates(token));
    }

    @Override
    public String requestToken(String namespace, String account, HasMetadata binding, Duration expiration) {
        return sorted("token request", () -> probe.requestToken(namespace, account, binding, expiration));
    }

    @Override
    public <T extends HasMetadata> Optional<T> find(Class<T> type, @Nullable String namespace, String name) {
        return sorted(
                type.getSimpleName() + " " + name,
                () -> Optional.ofNullable(TransientRetry.ifLost(() -> typed.find(type, namespace, name))));
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> type, @Nullable String namespace, Map<String, String> labels) {
        return sorted(
                type.getSimpleName() + " " + labels,
                () -> TransientRetry.ifLost(() -> typed.list(type, namespace, labels)));
    }

    @Override
    public Optional<GenericKubernetesResource> live(ObjectRef object) {
        return sorted(object.toString(), () -> objectRestore.live(object));
    }

    @Override
    public AppliedObject restore(GenericKubernetesResource before) {
        return sorted(before, () -> objectRestore.restore(before));
    }

    @Override
    public List<FoundObject> found(String apiVersion, String kind, Map<String, String> labels) {
        return sorted(kind + " " + labels, () -> metadata.found(apiVersion, kind, labels));
    }

    @Override
    public List<FoundObject> contents(String namespace) {
        return sorted("what is in Namespace " + namespace, () -> metadata.contents(namespace));
    }

    @Override
    public <T extends HasMetadata> CompletableFuture<T> when(
            Class<T> type, @Nullable String namespace, String name, Predicate<T> condition) {
        return typed.when(type, namespace, name, condition);
    }

    @Override
    public ExecResult exec(String namespace, String pod, String container, Duration limit, String... command) {
        return inPod(
                "exec in Pod %s/%s".formatted(namespace, pod),
                () -> TransientRetry.ifLost(() -> pod(namespace, pod).exec(container, limit, command)));
    }

    @Override
    public String get(String namespace, String pod, int port, String path) {
        return inPod(
                "port-forward to Pod %s/%s".formatted(namespace, pod),
                () -> TransientRetry.ifLost(() -> pod(namespace, pod).get(port, path)));
    }

    void close() {
        client.close();
    }

    private PodCalls pod(String namespace, String pod) {
        return new PodCalls(client.pods().inNamespace(namespace).withName(pod), PodCalls.ANSWER_WITHIN);
    }

    /** Errors inside a stream do not name their place. */
    private <T> T inPod(String what, Supplier<T> call) {
        try {
            return sorted(what, call);
        } catch (TransientException e) {
            throw ClientExceptionTranslator.at(name(), what, e);
        }
    }

    private <T> T sorted(String what, Supplier<T> call) {
        return sorted(what, Optional.empty(), call);
    }

    /** @param object that the call sends; no message may reveal its secrets */
    private <T> T sorted(HasMetadata object, Supplier<T> call) {
        return sorted(ObjectRef.of(object).toString(), Optional.of(object), call);
    }

    private <T> T sorted(String what, Optional<HasMetadata> sent, Supplier<T> call) {
        try {
            return circuitBreaker.through(call);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                apiDiscovery.forget();
            }
            Optional<String> webhook = FailingWebhook.named(e);
            if (webhook.isPresent() && failingWebhook.stays(webhook.get(), Instant.now())) {
                throw FailingWebhook.refusal(this, what, webhook.get(), ClientExceptionTranslator.found(what, sent, e));
            }
            throw ClientExceptionTranslator.sort(name(), what, sent, ProxyRoute.of(login), e);
        }
    }
}

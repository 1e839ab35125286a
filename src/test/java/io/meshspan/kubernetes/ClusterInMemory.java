package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshspan.difference.ContentHash;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cluster that keeps what is applied to it, counts what is read from it, and can change what it stores. */
public class ClusterInMemory implements Cluster {

    private final ClusterName name;
    private final String apiServer;
    private final boolean named;
    private final List<HasMetadata> objects = new ArrayList<>();
    private final List<String> reads = new ArrayList<>();
    private final List<HasMetadata> written = new ArrayList<>();
    private final List<io.fabric8.kubernetes.api.model.Pod> asked = new ArrayList<>();
    private java.util.function.Function<io.fabric8.kubernetes.api.model.Pod, Admission> admission =
            pod -> Admission.admitted();
    private UnaryOperator<HasMetadata> controller = UnaryOperator.identity();
    private @Nullable Class<? extends HasMetadata> hidden;
    private Predicate<Access> forbidden = access -> false;
    private Duration ahead = Duration.ZERO;
    private String version = "v1.35.4";
    private int requestedTokens;

    public ClusterInMemory(String name) {
        this(name, "https://%s.example.org:6443".formatted(name), false);
    }

    public ClusterInMemory(String name, String apiServer, boolean named) {
        this.name = new ClusterName(name);
        this.apiServer = apiServer;
        this.named = named;
    }

    /** How many tokens were requested of it. */
    public int requestedTokens() {
        return requestedTokens;
    }

    /** What the cluster's controllers make of every object that is applied. */
    public ClusterInMemory controlledBy(UnaryOperator<HasMetadata> change) {
        controller = change;
        return this;
    }

    /** How far its clock is ahead of ours. */
    public ClusterInMemory ahead(Duration time) {
        ahead = time;
        return this;
    }

    public ClusterInMemory version(String kubernetes) {
        version = kubernetes;
        return this;
    }

    public ClusterInMemory forbids(Predicate<Access> access) {
        forbidden = access;
        return this;
    }

    /** Whoever lists this type is refused. */
    public ClusterInMemory hides(Class<? extends HasMetadata> type) {
        hidden = type;
        return this;
    }

    public ClusterInMemory with(HasMetadata... present) {
        objects.addAll(List.of(present));
        return this;
    }

    public List<HasMetadata> objects() {
        return List.copyOf(objects);
    }

    /** What was applied to it, in that order. */
    public List<HasMetadata> written() {
        return List.copyOf(written);
    }

    /** For example {@code Secret istio-system/cacerts}. */
    public List<String> reads() {
        return List.copyOf(reads);
    }

    @Override
    public ClusterName name() {
        return name;
    }

    @Override
    public String apiServer() {
        return apiServer;
    }

    @Override
    public boolean apiServerNamed() {
        return named;
    }

    @Override
    public ServerVersion serverVersion() {
        Instant now = Instant.now();
        return new ServerVersion(version, Optional.of(now.plus(ahead)), now, now);
    }

    @Override
    public List<Access> denied(Collection<Access> wanted) {
        return wanted.stream().filter(forbidden).toList();
    }

    @Override
    public AppliedObject apply(HasMetadata desired) {
        HasMetadata stored = controller.apply(desired);
        boolean there = objects.removeIf(o -> ObjectRef.of(o).equals(ObjectRef.of(stored)));
        objects.add(stored);
        written.add(desired);
        return new AppliedObject(name, ObjectRef.of(desired), there ? ApplyOutcome.PATCHED : ApplyOutcome.CREATED);
    }

    @Override
    public boolean replace(HasMetadata object) {
        String seen = object.getMetadata().getResourceVersion();
        String live = objects.stream()
                .filter(o -> ObjectRef.of(o).equals(ObjectRef.of(object)))
                .map(o -> o.getMetadata().getResourceVersion())
                .findFirst()
                .orElse(null);
        boolean first = java.util.Objects.equals(seen, live);
        if (first) {
            object.getMetadata().setResourceVersion(String.valueOf(seen == null ? 1 : Integer.parseInt(seen) + 1));
            objects.removeIf(o -> ObjectRef.of(o).equals(ObjectRef.of(object)));
            objects.add(object);
        }
        return first;
    }

    @Override
    public DryRunResult preview(HasMetadata desired) {
        boolean there = objects.stream().anyMatch(o -> ObjectRef.of(o).equals(ObjectRef.of(desired)));
        return new DryRunResult(
                name, ObjectRef.of(desired), there ? ApplyOutcome.UNCHANGED : ApplyOutcome.CREATED, List.of(), there);
    }

    @Override
    public Admission admission(io.fabric8.kubernetes.api.model.Pod pod) {
        asked.add(pod);
        return admission.apply(pod);
    }

    /** What its admission says of pods that it is asked about by a dry run. */
    public ClusterInMemory admits(java.util.function.Function<io.fabric8.kubernetes.api.model.Pod, Admission> answer) {
        admission = answer;
        return this;
    }

    /** The pods that it was asked about. */
    public List<io.fabric8.kubernetes.api.model.Pod> asked() {
        return List.copyOf(asked);
    }

    /** The content itself tells one state from another. */
    @Override
    public Map<ObjectRef, String> states(Collection<ObjectRef> wanted) {
        return objects.stream()
                .filter(o -> wanted.contains(ObjectRef.of(o)))
                .collect(Collectors.toMap(ObjectRef::of, ContentHash::ofObject));
    }

    @Override
    public Map<ObjectRef, ObjectMeta> metadata(Collection<ObjectRef> wanted) {
        return objects.stream()
                .filter(o -> wanted.contains(ObjectRef.of(o)))
                .collect(Collectors.toMap(ObjectRef::of, HasMetadata::getMetadata));
    }

    @Override
    public AppliedObject merge(ObjectRef object, Map<String, ?> fields) {
        HasMetadata live = objects.stream()
                .filter(o -> ObjectRef.of(o).equals(object))
                .findFirst()
                .orElseThrow();
        if (!(live instanceof Secret secret)) {
            throw new UnsupportedOperationException("no test changes fields of another kind in memory");
        }
        JsonNode patch = new ObjectMapper().valueToTree(fields);
        Map<String, String> annotations = new HashMap<>();
        patch.at("/metadata/annotations")
                .properties()
                .forEach(field ->
                        annotations.put(field.getKey(), field.getValue().asText()));
        Map<String, String> data = new HashMap<>();
        patch.path("data")
                .properties()
                .forEach(field -> data.put(field.getKey(), field.getValue().asText()));
        HasMetadata changed = new SecretBuilder(secret)
                .editMetadata()
                .addToAnnotations(annotations)
                .endMetadata()
                .addToData(data)
                .build();
        objects.remove(live);
        objects.add(changed);
        written.add(changed);
        return new AppliedObject(name, object, ApplyOutcome.PATCHED);
    }

    @Override
    public boolean serves(String apiVersion, String kind) {
        return true;
    }

    @Override
    public AppliedObject delete(HasMetadata reference) {
        boolean there = objects.removeIf(o -> ObjectRef.of(o).equals(ObjectRef.of(reference)));
        return new AppliedObject(name, ObjectRef.of(reference), there ? ApplyOutcome.DELETED : ApplyOutcome.UNCHANGED);
    }

    @Override
    public <T extends HasMetadata> Optional<T> find(Class<T> type, @Nullable String namespace, String objectName) {
        reads.add("%s %s/%s".formatted(type.getSimpleName(), namespace, objectName));
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(o -> java.util.Objects.equals(o.getMetadata().getNamespace(), namespace))
                .filter(o -> o.getMetadata().getName().equals(objectName))
                .findFirst();
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> type, @Nullable String namespace, Map<String, String> labels) {
        if (type.equals(hidden)) {
            throw new StepFailed(
                    FailureCode.DENIED, Finding.blocking(name.value(), "list", "permission", "none", "Grant it."));
        }
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(o ->
                        namespace == null || namespace.equals(o.getMetadata().getNamespace()))
                .filter(o -> labels.isEmpty()
                        || Map.copyOf(Optional.ofNullable(o.getMetadata().getLabels())
                                        .orElse(Map.of()))
                                .entrySet()
                                .containsAll(labels.entrySet()))
                .toList();
    }

    /** Looks once: an object that is not as wanted now never will be. */
    @Override
    public Optional<GenericKubernetesResource> live(ObjectRef object) {
        return objects.stream()
                .filter(o -> ObjectRef.of(o).equals(object))
                .map(o -> Serialization.unmarshal(Serialization.asJson(o), GenericKubernetesResource.class))
                .findFirst();
    }

    @Override
    public AppliedObject restart(ObjectRef deployment, String mark) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DryRunResult previewRestart(ObjectRef deployment, String mark) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean authenticates(String token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String requestToken(String namespace, String serviceAccount, HasMetadata binding, Duration expiration) {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"iat\":%d,\"exp\":%d,\"kubernetes.io\":{\"secret\":{\"uid\":\"%s\"}}}"
                .formatted(
                        now, now + expiration.toSeconds(), binding.getMetadata().getUid());
        requestedTokens++;
        return "e30.%s.%d"
                .formatted(
                        java.util.Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(claims.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        requestedTokens);
    }

    @Override
    public AppliedObject restore(GenericKubernetesResource before) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<FoundObject> found(String apiVersion, String kind, Map<String, String> labels) {
        return objects.stream()
                .filter(o -> o.getApiVersion().equals(apiVersion) && o.getKind().equals(kind))
                .map(o -> new FoundObject(
                        ObjectRef.of(o),
                        Optional.ofNullable(o.getMetadata().getLabels()).orElse(Map.of()),
                        Optional.ofNullable(o.getMetadata().getAnnotations()).orElse(Map.of()),
                        o.getMetadata().getManagedFields().stream()
                                .map(entry -> entry.getManager())
                                .toList(),
                        !o.getMetadata().getOwnerReferences().isEmpty(),
                        o.getMetadata().getDeletionTimestamp() != null))
                .filter(o -> o.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    @Override
    public List<FoundObject> contents(String namespace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends HasMetadata> CompletableFuture<T> when(
            Class<T> type, @Nullable String namespace, String objectName, Predicate<T> condition) {
        return find(type, namespace, objectName)
                .filter(condition)
                .map(CompletableFuture::completedFuture)
                .orElseGet(CompletableFuture::new);
    }

    @Override
    public ExecResult exec(String namespace, String pod, String container, Duration limit, String... command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String get(String namespace, String pod, int port, String path) {
        throw new UnsupportedOperationException();
    }
}

package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.kubernetes.Access;
import io.meshspan.kubernetes.Applied;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ExecResult;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.Greeting;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.kubernetes.Outcome;
import io.meshspan.kubernetes.Preview;
import io.meshspan.mesh.ClusterName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A cluster that only stores objects, and remembers which were written through its interface. */
final class InMemoryCluster implements Cluster {

    private final ClusterName name;
    private final List<HasMetadata> objects = new CopyOnWriteArrayList<>();
    private final List<HasMetadata> written = new CopyOnWriteArrayList<>();

    InMemoryCluster(String name) {
        this.name = new ClusterName(name);
    }

    InMemoryCluster with(HasMetadata object) {
        objects.add(object);
        return this;
    }

    List<HasMetadata> written() {
        return new ArrayList<>(written);
    }

    @Override
    public ClusterName name() {
        return name;
    }

    @Override
    public Applied apply(HasMetadata desired) {
        objects.add(desired);
        written.add(desired);
        return new Applied(name, ObjectRef.of(desired), Outcome.CREATED);
    }

    @Override
    public <T extends HasMetadata> Optional<T> find(Class<T> type, @Nullable String namespace, String objectName) {
        return objects(type, namespace)
                .filter(o -> o.getMetadata().getName().equals(objectName))
                .findFirst();
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> type, @Nullable String namespace, Map<String, String> labels) {
        return objects(type, namespace)
                .filter(o -> o.getMetadata().getLabels() != null
                        && o.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    private <T extends HasMetadata> Stream<T> objects(Class<T> type, @Nullable String namespace) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(o -> Objects.equals(o.getMetadata().getNamespace(), namespace));
    }

    @Override
    public boolean apiServerNamed() {
        return false;
    }

    @Override
    public String apiServer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean replace(HasMetadata object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Greeting greet() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Access> denied(Collection<Access> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Preview preview(HasMetadata desired) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<ObjectRef, String> states(Collection<ObjectRef> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean serves(String apiVersion, String kind) {
        return true;
    }

    @Override
    public Applied delete(HasMetadata reference) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<GenericKubernetesResource> live(ObjectRef object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Applied restore(GenericKubernetesResource before) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<FoundObject> found(String apiVersion, String kind, Map<String, String> labels) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<FoundObject> contents(String namespace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends HasMetadata> CompletableFuture<T> when(
            Class<T> type, @Nullable String namespace, String objectName, Predicate<T> condition) {
        throw new UnsupportedOperationException();
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

package io.meshspan.rollback;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The Secret of one cluster in which a change keeps objects as they were before it wrote over them. */
final class ObjectBackup {

    static final Map<String, String> MARK = Map.of("meshspan.io/kept-for", "roll-back");

    /** What others need comes first: kinds before their objects, namespaces before what is in them. */
    private static final List<String> FIRST = List.of("CustomResourceDefinition", "Namespace");

    private final Cluster cluster;
    private final String namespace;
    private final String name;

    ObjectBackup(Cluster cluster, String namespace, String change) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.name = "meshspan-before-" + change;
    }

    String name() {
        return name;
    }

    Optional<Secret> secret() {
        return cluster.find(Secret.class, namespace, name);
    }

    List<GenericKubernetesResource> all() {
        return secret().map(Secret::getData).orElse(Map.of()).values().stream()
                .map(BackupEntry::open)
                .sorted(Comparator.comparingInt(object -> place(object.getKind())))
                .toList();
    }

    static boolean holds(Optional<Secret> secret, ObjectRef object) {
        return secret.map(Secret::getData)
                .filter(Objects::nonNull)
                .filter(data -> data.containsKey(BackupEntry.key(object)))
                .isPresent();
    }

    /** @return false if somebody else wrote the Secret in between */
    boolean add(Optional<Secret> before, List<GenericKubernetesResource> objects) {
        Map<String, String> data = new TreeMap<>(before.map(Secret::getData).orElse(Map.of()));
        objects.forEach(object -> data.put(BackupEntry.key(ObjectRef.of(object)), BackupEntry.of(object)));
        return cluster.replace(before.map(SecretBuilder::new)
                .orElseGet(this::fresh)
                .withData(data)
                .build());
    }

    void forget() {
        cluster.delete(fresh().build());
    }

    private SecretBuilder fresh() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(MARK)
                .endMetadata()
                .withType("meshspan.io/state-before");
    }

    private static int place(String kind) {
        int place = FIRST.indexOf(kind);
        return place < 0 ? FIRST.size() : place;
    }
}

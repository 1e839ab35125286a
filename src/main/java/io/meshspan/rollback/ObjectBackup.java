package io.meshspan.rollback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The Secret of one cluster in which a change keeps the earlier state of objects that it overwrites. */
final class ObjectBackup {

    static final Map<String, String> MARK = Map.of("meshspan.io/kept-for", "roll-back");

    /** The order of restoring: kinds before their objects, namespaces before their content. */
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

    /** @return false if somebody else wrote the Secret meanwhile */
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

    /**
     * An object as an entry of a Secret. It is compressed, because all of Istio's CRDs together must fit into one Secret.
     */
    private static final class BackupEntry {

        private static final ObjectMapper JSON = new ObjectMapper();

        private BackupEntry() {}

        /** A Secret's key does not allow every character of a name. */
        static String key(ObjectRef object) {
            String whole = object.apiVersion() + " " + object;
            return object.kind() + "-" + UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8));
        }

        static String of(GenericKubernetesResource object) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(JSON.writeValueAsBytes(object));
            } catch (IOException e) {
                throw new UncheckedIOException("an object could not be packed", unsaid(e));
            }
            return Base64.getEncoder().encodeToString(packed.toByteArray());
        }

        static GenericKubernetesResource open(String entry) {
            try (GZIPInputStream in = new GZIPInputStream(
                    new ByteArrayInputStream(Base64.getDecoder().decode(entry)))) {
                return JSON.readValue(in, GenericKubernetesResource.class);
            } catch (IOException e) {
                throw new UncheckedIOException("an object could not be unpacked", unsaid(e));
            }
        }

        /** Hides Jackson's message, which quotes the text; the text may be a Secret. */
        private static IOException unsaid(IOException e) {
            return e instanceof JsonProcessingException ? new IOException("no object") : e;
        }
    }
}

package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The objects of one cluster. What is stored is never altered in place: an edit gets a copy, so a reader may keep what
 * it got.
 */
final class Store {

    private static final int REMEMBERED_CHANGES = 2_000;

    private final Map<Key, ObjectNode> objects = new TreeMap<>();
    private final Deque<ObjectChange> changes = new ArrayDeque<>();
    private final List<Consumer<ObjectChange>> listeners = new CopyOnWriteArrayList<>();
    private long version = 1;

    synchronized long version() {
        return version;
    }

    synchronized Optional<ObjectNode> get(Key key) {
        return Optional.ofNullable(objects.get(key));
    }

    <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
        return get(Key.of(type, namespace, name)).map(tree -> Json.as(type, tree));
    }

    /** @param namespace empty for all */
    synchronized List<ObjectNode> list(String group, String plural, String namespace) {
        List<ObjectNode> found = new ArrayList<>();
        objects.forEach((key, object) -> {
            if (key.group().equals(group)
                    && key.plural().equals(plural)
                    && (namespace.isEmpty() || key.namespace().equals(namespace))) {
                found.add(object);
            }
        });
        return found;
    }

    <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
        return list(HasMetadata.getGroup(type), HasMetadata.getPlural(type), namespace).stream()
                .map(tree -> Json.as(type, tree))
                .toList();
    }

    synchronized List<Key> keysIn(String namespace) {
        return objects.keySet().stream()
                .filter(key -> key.namespace().equals(namespace))
                .toList();
    }

    /** Stores what a controller desires, if nothing is there under that name. */
    synchronized void create(HasMetadata desired) {
        Key key = Key.of(desired);
        if (!objects.containsKey(key)) {
            ObjectNode object = Json.tree(desired);
            Lifecycle.born(object);
            commit(key, object);
        }
    }

    /** Edits a copy of an object, if it is there. */
    synchronized void edit(Key key, Consumer<ObjectNode> edit) {
        get(key).ifPresent(live -> write(key, old -> {
            edit.accept(old);
            return old;
        }));
    }

    /**
     * Replaces an object by what the edit makes of a copy of it; the same object as before is no write and keeps its
     * resourceVersion.
     *
     * @return what is stored now
     * @throws StatusBody if the object is not there
     */
    synchronized ObjectNode write(Key key, UnaryOperator<ObjectNode> edit) {
        ObjectNode live = get(key).orElseThrow(() -> StatusBody.notFound(key.plural() + " \"" + key.name() + "\""));
        ObjectNode next = edit.apply(live.deepCopy());
        Lifecycle.changed(live, next);
        return next.equals(live) ? live : commit(key, next);
    }

    synchronized ObjectNode insert(Key key, ObjectNode object) {
        if (objects.containsKey(key)) {
            throw StatusBody.alreadyExists(key.plural() + " \"" + key.name() + "\"");
        }
        Lifecycle.born(object);
        return commit(key, object);
    }

    synchronized void remove(Key key) {
        ObjectNode before = objects.remove(key);
        if (before != null) {
            ObjectNode last = before.deepCopy();
            Json.metadata(last).put("resourceVersion", Long.toString(++version));
            publish(new ObjectChange(version, key, last, null));
        }
    }

    synchronized Map<Key, ObjectNode> all() {
        return new TreeMap<>(objects);
    }

    private ObjectNode commit(Key key, ObjectNode object) {
        Json.metadata(object).put("resourceVersion", Long.toString(++version));
        ObjectNode before = objects.put(key, object);
        publish(new ObjectChange(version, key, before, object));
        return object;
    }

    private void publish(ObjectChange objectChange) {
        changes.addLast(objectChange);
        if (changes.size() > REMEMBERED_CHANGES) {
            changes.removeFirst();
        }
        listeners.forEach(listener -> listener.accept(objectChange));
    }

    /** Hears every change to come; called while the store is locked, so that the order is kept. */
    void listen(Consumer<ObjectChange> listener) {
        listeners.add(listener);
    }

    /** Hears every present object as a change, then every change to come. */
    synchronized void listenFromNow(Consumer<ObjectChange> listener) {
        objects.forEach((key, object) -> listener.accept(new ObjectChange(version, key, null, object)));
        listeners.add(listener);
    }

    /**
     * Hears every change after a version.
     *
     * @return false if those changes are no longer remembered: the client must list again
     */
    synchronized boolean listenAfter(long seen, Consumer<ObjectChange> listener) {
        ObjectChange oldest = changes.peekFirst();
        if (oldest != null && changes.size() >= REMEMBERED_CHANGES && oldest.version() > seen + 1) {
            return false;
        }
        changes.stream().filter(objectChange -> objectChange.version() > seen).forEach(listener);
        listeners.add(listener);
        return true;
    }

    void forget(Consumer<ObjectChange> listener) {
        listeners.remove(listener);
    }
}

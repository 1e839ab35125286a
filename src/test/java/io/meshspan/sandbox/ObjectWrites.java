package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Create, update, patch, apply and delete, each also as a dry run. */
final class ObjectWrites {

    private final Store store;
    private final AppliedBefore applied = new AppliedBefore();

    ObjectWrites(Store store) {
        this.store = store;
        store.listen(applied::forget);
    }

    ObjectNode create(Target target, ApiRequest request) {
        ObjectNode object = Json.parseObject(request.body());
        ObjectNode metadata = Json.metadata(object);
        if (!metadata.has("name") && metadata.has("generateName")) {
            metadata.put(
                    "name",
                    metadata.path("generateName").asText()
                            + UUID.randomUUID().toString().substring(0, 5));
        }
        object.remove("status");
        return insert(target, object, manager(request), request.dryRun());
    }

    private ObjectNode insert(Target target, ObjectNode object, String manager, boolean dryRun) {
        requireNamespace(target);
        Resource resource = target.resource();
        if (Json.name(object).isEmpty()) {
            throw StatusBody.invalid(resource.kind() + " is invalid: metadata.name: Required value");
        }
        object.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
        if (resource.namespaced()) {
            Json.metadata(object).put("namespace", target.namespace());
        }
        Defaults.fill(object);
        Json.metadata(object).remove("managedFields");
        if (namespace(target)) {
            Lifecycle.writtenBy(Json.object(), object, manager);
        }
        Key key = resource.key(target.namespace(), Json.name(object));
        if (!dryRun) {
            return store.insert(key, object);
        }
        store.get(key).ifPresent(live -> {
            throw StatusBody.alreadyExists(key.plural() + " \"" + key.name() + "\"");
        });
        Lifecycle.born(object);
        return object;
    }

    ObjectNode update(Target target, ApiRequest request) {
        ObjectNode next = Json.parseObject(request.body());
        return edit(target, request, live -> next);
    }

    ObjectNode patch(Target target, ApiRequest request) {
        String type = request.contentType();
        if (type.startsWith("application/apply-patch+yaml")) {
            return apply(target, request);
        }
        JsonNode patch = Json.parse(request.body());
        if (type.startsWith("application/json-patch+json")) {
            return edit(target, request, live -> (ObjectNode) JsonPatch.apply(patch, live));
        }
        Merge merge = new Merge(type.startsWith("application/strategic-merge-patch+json"));
        return edit(target, request, live -> {
            merge.patch(live, (ObjectNode) patch);
            return live;
        });
    }

    private ObjectNode apply(Target target, ApiRequest request) {
        String manager = Optional.ofNullable(request.parameter("fieldManager"))
                .orElseThrow(() -> StatusBody.badRequest("fieldManager is required for apply patch"));
        ObjectNode desired = Json.parseObject(request.body());
        if (!Json.name(desired).isEmpty() && !Json.name(desired).equals(target.name())) {
            throw StatusBody.badRequest("the name of the object does not match the name on the URL");
        }
        Json.metadata(desired).put("name", target.name());
        boolean builtIn = !target.resource().group().endsWith("istio.io");
        Optional<ObjectNode> live = store.get(target.key());
        ObjectNode result;
        if (live.isEmpty() && target.subresource().isEmpty()) {
            ObjectNode fresh = Json.object();
            new Merge(builtIn).apply(fresh, Json.object(), desired);
            fresh.remove("status");
            result = insert(target, fresh, manager, request.dryRun());
        } else {
            result = edit(target, request, old -> {
                new Merge(builtIn).apply(old, applied.get(old, manager), desired);
                return old;
            });
        }
        if (!request.dryRun()) {
            applied.remember(result, manager, desired);
        }
        return result;
    }

    private ObjectNode edit(Target target, ApiRequest request, UnaryOperator<ObjectNode> change) {
        requireNamespace(target);
        boolean dryRun = request.dryRun();
        UnaryOperator<ObjectNode> edit = live -> changed(target, manager(request), live, change.apply(live.deepCopy()));
        if (!dryRun) {
            ObjectNode written = store.write(target.key(), edit);
            JsonNode metadata = written.path("metadata");
            if (metadata.has("deletionTimestamp") && !metadata.has("finalizers") && !namespace(target)) {
                store.remove(target.key());
            }
            return written;
        }
        ObjectNode live = store.get(target.key()).orElseThrow(() -> StatusBody.notFound(target.described()));
        ObjectNode next = edit.apply(live.deepCopy());
        Lifecycle.changed(live, next);
        return next;
    }

    /** Status is written through its subresource alone, and through that nothing else. */
    private static ObjectNode changed(Target target, String manager, ObjectNode live, ObjectNode wanted) {
        String seen = wanted.path("metadata").path("resourceVersion").asText();
        if (!seen.isEmpty()
                && !seen.equals(live.path("metadata").path("resourceVersion").asText())) {
            throw StatusBody.conflict("Operation cannot be fulfilled on " + target.described()
                    + ": the object has been modified; please apply your changes to the latest version and try again");
        }
        boolean status = target.subresource().equals("status");
        ObjectNode next = status ? live.deepCopy() : wanted;
        JsonNode kept = (status ? wanted : live).path("status");
        if (kept.isMissingNode()) {
            next.remove("status");
        } else {
            next.set("status", kept);
        }
        next.put("apiVersion", target.resource().apiVersion())
                .put("kind", target.resource().kind());
        JsonNode given = Json.metadata(next).remove("managedFields");
        if (namespace(target)) {
            Lifecycle.writtenBy(live, next, manager);
            Lifecycle.given(live, next, given);
        }
        Defaults.fill(next);
        immutable(target, live, next);
        return next;
    }

    private static void immutable(Target target, ObjectNode live, ObjectNode next) {
        String pointer = target.resource().kind().equals("Deployment") ? "/spec/selector" : "/type";
        boolean guarded =
                List.of("Deployment", "Secret").contains(target.resource().kind());
        if (guarded && !live.at(pointer).equals(next.at(pointer))) {
            throw StatusBody.invalid(target.described() + " is invalid: " + pointer + ": field is immutable");
        }
    }

    ObjectNode delete(Target target, ApiRequest request) {
        ObjectNode live = store.get(target.key()).orElseThrow(() -> StatusBody.notFound(target.described()));
        if (request.dryRun()) {
            return live;
        }
        boolean waits =
                namespace(target) || !live.path("metadata").path("finalizers").isEmpty();
        if (!waits) {
            store.remove(target.key());
            return live;
        }
        return store.write(target.key(), old -> {
            Json.metadata(old).put("deletionTimestamp", Lifecycle.now());
            if (namespace(target)) {
                old.withObject("/status").put("phase", "Terminating");
            }
            return old;
        });
    }

    private static boolean namespace(Target target) {
        return target.resource().is("", "namespaces");
    }

    private void requireNamespace(Target target) {
        if (!target.resource().namespaced()) {
            return;
        }
        ObjectNode namespace = store.get(new Key("", "namespaces", "", target.namespace()))
                .orElseThrow(() -> StatusBody.notFound("namespaces \"" + target.namespace() + "\""));
        boolean creates = store.get(target.key()).isEmpty();
        if (creates && namespace.path("metadata").has("deletionTimestamp")) {
            throw StatusBody.forbidden("unable to create new content in namespace " + target.namespace()
                    + " because it is being terminated");
        }
    }

    private static String manager(ApiRequest request) {
        return Objects.requireNonNullElse(request.parameter("fieldManager"), "kubectl");
    }
}

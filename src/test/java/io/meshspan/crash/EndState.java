package io.meshspan.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meshspan.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The objects of all clusters without what is different each time: identities, times, random material and addresses. */
record EndState(SortedMap<String, JsonNode> objects) {

    private static final int LONGEST = 200;

    /** As the sandbox gives them to load balancers. */
    private static final Pattern ADDRESS = Pattern.compile("(203\\.0\\.113|198\\.51\\.100|192\\.0\\.2)\\.\\d+");

    private static final List<String> OF_THIS_TIME = List.of(
            "uid",
            "kubernetes.io/service-account.uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "managedFields",
            "ownerReferences",
            "acquireTime",
            "renewTime",
            "leaseTransitions",
            "leaseDurationSeconds",
            "observedGeneration",
            "lastTransitionTime",
            "lastUpdateTime",
            "startTime",
            "startedAt",
            "kubectl.kubernetes.io/restartedAt",
            "meshspan.io/restarted-for",
            "meshspan.io/rotated-at",
            "meshspan.io/rotated-for",
            "meshspan.io/root-rotated-for",
            "meshspan.io/root-rotated-to",
            "meshspan.io/token-expiration",
            "containerID",
            "podIP",
            "podIPs",
            "caBundle");

    static EndState of(Sandbox sandbox, Collection<String> clusters) {
        SortedMap<String, JsonNode> all = new TreeMap<>();
        for (String cluster : clusters) {
            sandbox.objects(cluster).forEach((key, object) -> {
                if (!key.startsWith("pods.")) {
                    all.put(cluster + " " + key, steady(object));
                }
            });
        }
        return new EndState(all);
    }

    private static JsonNode steady(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        forget(copy);
        if (copy.path("kind").asText().equals("Secret")) {
            copy.withObject("/data").properties().forEach(entry -> entry.setValue(TextNode.valueOf("...")));
        }
        if (copy.path("metadata").path("name").asText().equals("istio-ca-root-cert")) {
            copy.remove("data");
        }
        return copy;
    }

    private static void forget(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(OF_THIS_TIME);
            object.properties().forEach(entry -> entry.setValue(withoutAddresses(entry.getValue())));
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutAddresses(array.get(i)));
            }
        }
        node.forEach(EndState::forget);
    }

    /** A remote has its primary's in lists and in the middle of a text. */
    private static JsonNode withoutAddresses(JsonNode value) {
        return value.isTextual()
                ? TextNode.valueOf(ADDRESS.matcher(value.asText()).replaceAll("an address"))
                : value;
    }

    /** In words; empty where both are the same. */
    List<String> differences(EndState other) {
        TreeSet<String> keys = new TreeSet<>(objects.keySet());
        keys.addAll(other.objects.keySet());
        List<String> differences = new ArrayList<>();
        keys.forEach(key -> compare(key, objects.get(key), other.objects.get(key), differences));
        return differences;
    }

    /** Down to the fields that differ. */
    private static void compare(
            String where, @Nullable JsonNode mine, @Nullable JsonNode theirs, List<String> differences) {
        if (mine instanceof ObjectNode a && theirs instanceof ObjectNode b) {
            TreeSet<String> fields = new TreeSet<>();
            a.fieldNames().forEachRemaining(fields::add);
            b.fieldNames().forEachRemaining(fields::add);
            fields.forEach(field -> compare(where + " ." + field, a.get(field), b.get(field), differences));
        } else if (!Objects.equals(mine, theirs)) {
            differences.add("%s: %s became %s".formatted(where, shortly(mine), shortly(theirs)));
        }
    }

    private static String shortly(@Nullable JsonNode value) {
        String text = value == null ? "nothing" : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}

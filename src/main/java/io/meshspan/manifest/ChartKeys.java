package io.meshspan.manifest;

import io.meshspan.mesh.HelmValues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a chart knows: the keys of its {@code values.yaml}, the keys in its comments, and further keys that its
 * templates read. Below some maps any key is known: below a map that is empty there, and below one with names of Kubernetes
 * or Istio.
 */
final class ChartKeys {

    private static final String INTERNAL = "_internal_defaults_do_not_set";
    private static final String LEGACY = "pilot";
    private static final int FARTHEST = 3;

    /** Maps with keys that the chart does not define. */
    private static final Set<String> OPEN = Set.of(
            "annotations",
            "env",
            "injectedAnnotations",
            "labels",
            "meshConfig",
            "meshNetworks",
            "nodeSelector",
            "podAnnotations",
            "podDisruptionBudget",
            "resources",
            "securityContext",
            "templates");

    /** Templates of 1.28 to 1.31 read them, but values.yaml does not have them. */
    private static final List<String> UNLISTED = List.of(
            "compatibilityVersion",
            "crlConfigMapName",
            "enabled",
            "ownerName",
            "pdb.maxUnavailable",
            "platform",
            "profile",
            "trafficDistribution",
            "unprivilegedPort",
            "base.validationCABundle",
            "base.validationFailurePolicy",
            "base.validationURL",
            "global.ipFamilies",
            "global.ipFamilyPolicy",
            "global.platform",
            "global.profile",
            "global.proxy.capNetBindService",
            "global.proxy.holdApplicationUntilProxyStarts",
            "global.proxy.lifecycle",
            "global.proxy.variant",
            "global.tracer",
            "global.trustBundleName",
            "global.trustDomain",
            "service.allocateLoadBalancerNodePorts",
            "service.internalTrafficPolicy",
            "service.loadBalancerClass");

    private static final Pattern KEY = Pattern.compile("^( *)([#]+ ?)?( *)\"?([\\w.-]+)\"?:(?:$|\\s).*");

    private final HelmValues defaults;
    private final Map<String, Node> known = new LinkedHashMap<>();

    /** @param below empty where any key is known */
    private record Node(Map<String, Node> below) {}

    /** @param text the chart's values.yaml */
    ChartKeys(String text) {
        HelmValues whole = HelmValues.read(text);
        HelmValues internal = whole.below(INTERNAL);
        this.defaults = internal.isEmpty() ? whole : internal;
        collect(text);
        UNLISTED.forEach(path -> add(List.of(path.split("\\.", -1))));
    }

    /** Reads the structure from the indentation: comments hold keys that have no default. */
    private void collect(String text) {
        Deque<Map.Entry<Integer, List<String>>> above = new ArrayDeque<>();
        text.lines().map(KEY::matcher).filter(Matcher::matches).forEach(line -> {
            boolean comment = line.group(2) != null;
            int indent = line.group(1).length() + (comment ? line.group(3).length() : 0);
            while (!above.isEmpty() && above.getLast().getKey() >= indent) {
                above.removeLast();
            }
            List<String> path = new ArrayList<>(
                    above.isEmpty() ? List.of() : above.getLast().getValue());
            path.add(line.group(4));
            if (!comment) {
                above.addLast(Map.entry(indent, path));
            }
            List<String> plain = path.get(0).equals(INTERNAL) ? path.subList(1, path.size()) : path;
            if (!plain.isEmpty()) {
                add(plain);
            }
        });
    }

    private void add(List<String> path) {
        Map<String, Node> at = known;
        for (String key : path) {
            at = at.computeIfAbsent(key, first -> new Node(new LinkedHashMap<>()))
                    .below();
        }
    }

    /** A key that the chart does not know. */
    record Unknown(List<String> path, Optional<String> nearest) {}

    List<Unknown> unknown(HelmValues given) {
        return given.tree().entrySet().stream()
                .flatMap(field -> field.getKey().equals(LEGACY)
                        ? unknown(List.of(LEGACY), given.below(LEGACY), known)
                        : unknown(List.of(), new HelmValues(single(field.getKey(), field.getValue())), known))
                .toList();
    }

    private static Map<String, @Nullable Object> single(String key, @Nullable Object value) {
        Map<String, @Nullable Object> single = new LinkedHashMap<>();
        single.put(key, value);
        return single;
    }

    private static Stream<Unknown> unknown(List<String> at, HelmValues given, Map<String, Node> known) {
        return given.tree().keySet().stream().flatMap(key -> {
            List<String> path = Stream.concat(at.stream(), Stream.of(key)).toList();
            Node node = known.get(key);
            if (node == null) {
                return Stream.of(new Unknown(path, nearest(key, known.keySet())));
            }
            return OPEN.contains(key) || node.below().isEmpty()
                    ? Stream.of()
                    : unknown(path, given.below(key), node.below());
        });
    }

    /** A key with a map or a list in the chart, but with another type of value in the given values. */
    record WrongKind(List<String> path, String expected, String found) {}

    List<WrongKind> wrong(HelmValues given) {
        List<WrongKind> wrong = new ArrayList<>();
        wrong(List.of(), given, defaults, wrong);
        wrong(List.of(LEGACY), given.below(LEGACY), defaults, wrong);
        return wrong;
    }

    private static void wrong(List<String> at, HelmValues given, HelmValues defaults, List<WrongKind> wrong) {
        given.tree().forEach((key, value) -> {
            Object usual = defaults.tree().get(key);
            List<String> path = Stream.concat(at.stream(), Stream.of(key)).toList();
            boolean container = usual instanceof Map || usual instanceof List;
            String expected = HelmValues.kind(usual);
            String found = HelmValues.kind(value);
            if (container && value != null && !expected.equals(found)) {
                wrong.add(new WrongKind(path, expected, found));
            } else if (value instanceof Map && usual instanceof Map) {
                wrong(path, given.below(key), defaults.below(key), wrong);
            }
        });
    }

    private static Optional<String> nearest(String key, Set<String> known) {
        return known.stream()
                .filter(other -> distance(key, other) <= Math.min(FARTHEST, Math.max(1, key.length() / 2)))
                .min(Comparator.comparingInt((String other) -> distance(key, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The Levenshtein distance, ignoring case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int same = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(same, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}

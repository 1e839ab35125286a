package io.meshspan.kubernetes.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The API server's message about a Secret, without the Secret's values. The message of a policy tells people what to do, but
 * it may quote parts of a value, decoded or as sent.
 */
final class SecretWords {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern FRAME = Pattern.compile("-----(BEGIN|END) [A-Z0-9 ]+-----");
    private static final String INSTEAD = "(value taken out)";

    /** A piece of a value with this length is recognised anywhere. */
    private static final int PIECE = 6;

    private static final int SHORTEST = 3;

    private final List<String> values;
    private final List<String> names;

    private SecretWords(List<String> values, List<String> names) {
        this.values = values;
        this.names = names;
    }

    static SecretWords of(HasMetadata secret) {
        JsonNode tree = JSON.valueToTree(secret);
        List<String> values = new ArrayList<>();
        List<String> names =
                new ArrayList<>(List.of("Secret", "secrets", tree.path("type").asText()));
        Stream.of("data", "stringData")
                .map(tree::path)
                .forEach(data -> data.propertyStream().forEach(entry -> {
                    names.add(entry.getKey());
                    String value = entry.getValue().asText();
                    Stream.concat(Stream.of(value), decoded(value).stream())
                            .flatMap(SecretWords::parts)
                            .forEach(values::add);
                    values.add(encoded(value));
                }));
        JsonNode metadata = tree.path("metadata");
        names.add(metadata.path("name").asText());
        names.add(metadata.path("namespace").asText());
        metadata.path("labels")
                .propertyStream()
                .forEach(label ->
                        names.addAll(List.of(label.getKey(), label.getValue().asText())));
        metadata.path("annotations").propertyStream().forEach(annotation -> {
            names.add(annotation.getKey());
            values.add(annotation.getValue().asText());
        });
        names.removeIf(name -> name.length() < SHORTEST);
        values.removeIf(value -> value.length() < SHORTEST);
        return new SecretWords(values, names);
    }

    /** The message without anything that is part of a value, except the object's own names. */
    String without(String words) {
        BitSet hidden = new BitSet(words.length());
        Set<String> pieces = pieces();
        for (int at = 0; at + PIECE <= words.length(); at++) {
            if (pieces.contains(words.substring(at, at + PIECE))) {
                hidden.set(at, at + PIECE);
            }
        }
        BitSet open = new BitSet(words.length());
        names.forEach(name -> mark(words, name, open));
        hidden.andNot(open);
        values.forEach(value -> mark(words, value, hidden));
        return replaced(words, hidden);
    }

    private Set<String> pieces() {
        Set<String> pieces = new HashSet<>();
        values.forEach(value -> {
            for (int at = 0; at + PIECE <= value.length(); at++) {
                pieces.add(value.substring(at, at + PIECE));
            }
        });
        return pieces;
    }

    private static void mark(String words, String part, BitSet marks) {
        Matcher found = Pattern.compile("(?<![\\w.-])" + Pattern.quote(part) + "(?![\\w-])")
                .matcher(words);
        while (found.find()) {
            marks.set(found.start(), found.end());
        }
    }

    private static String replaced(String words, BitSet hidden) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < words.length(); at++) {
            if (!hidden.get(at)) {
                text.append(words.charAt(at));
            } else if (at == 0 || !hidden.get(at - 1)) {
                text.append(INSTEAD);
            }
        }
        return text.toString();
    }

    /** What is secret in a value: not the frame of PEM, nor the keys and names of a kubeconfig, which are words of policies, too. */
    private static Stream<String> parts(String value) {
        if (FRAME.matcher(value).find()) {
            return FRAME.splitAsStream(value).map(String::strip);
        }
        try {
            JsonNode tree = value.contains("kind: Config") ? YAML.readTree(value) : MissingNode.getInstance();
            List<String> leaves = new ArrayList<>();
            tree.path("users").forEach(user -> leaves(user.path("user"), leaves));
            tree.path("clusters").forEach(cluster -> leaves(cluster.path("cluster"), leaves));
            return leaves.isEmpty() ? Stream.of(value) : leaves.stream();
        } catch (JsonProcessingException e) {
            return Stream.of(value);
        }
    }

    private static void leaves(JsonNode node, List<String> leaves) {
        if (node.isContainerNode()) {
            node.forEach(child -> leaves(child, leaves));
        } else {
            leaves.add(node.asText());
        }
    }

    /** In the form in which the API server stores {@code stringData}. */
    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> decoded(String value) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

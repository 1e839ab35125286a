package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses values that nobody may give: keys that the mesh determines, credentials, and unknown parts. Findings never quote a
 * value.
 */
public final class ValuesRules {

    private static final Set<String> SECRET_KEYS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "token",
            "accesstoken",
            "bearertoken",
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "clientsecret",
            "dockerconfigjson",
            "dockerconfig",
            "dockercfg",
            "credentials");

    /** A PEM key, a docker config in plain text or base64, a JSON web token, keys of clouds, a password in a URL. */
    private static final Pattern SECRET_TEXT = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"
            + "|\"auths?\"\\s*:|^eyJhdXRo|\\beyJ[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]*|\\bAKIA[0-9A-Z]{16}\\b"
            + "|\\bgh[pousr]_[A-Za-z0-9]{30,}|\\bglpat-[\\w-]{15,}|\\w://[^/\\s:@]+:[^/\\s@]+@");

    /** Maps of texts of Kubernetes: its API server refuses a number there, and 1.10 would become 1.1. */
    private static final Set<String> OF_TEXTS = Set.of(
            "annotations",
            "deploymentAnnotations",
            "deploymentLabels",
            "labels",
            "nodeSelector",
            "podAnnotations",
            "podLabels",
            "serviceAccountAnnotations",
            "serviceAnnotations");

    /** Switches, times, and files in a pod, such as REQUIRE_3P_TOKEN and GOOGLE_APPLICATION_CREDENTIALS have. */
    private static final Pattern NO_SECRET = Pattern.compile("(?i)true|false|\\d+(ms|s|m|h)"
            + "|(\\./)?/?(certs?|etc|home|mnt|opt|run|secrets?|tmp|tokens?|usr|var|vault)(/[\\w.-]{1,60}){1,10}");

    private static final String PULL_SECRETS = "imagePullSecrets";
    private static final String ADVICE =
            "Put it into a Secret in the cluster and name that here, as imagePullSecrets and envVarFrom do.";

    private ValuesRules() {}

    /** Whether Meshspan sets this key, so that nobody may give a value for it. */
    public static boolean isOwned(ValuesPart part, List<String> key) {
        return OwnedValues.is(part, key);
    }

    /** A key's name in findings. */
    public static String name(ValuesPart part, List<String> key) {
        return InputRules.name("values." + part.key() + (key.isEmpty() ? "" : "." + String.join(".", key)));
    }

    /** The problems of the values alone, each with its place. */
    public static List<Finding> findings(RequestedValues requested) {
        List<Finding> findings = new ArrayList<>();
        requested
                .values()
                .tree()
                .forEach((key, values) -> ValuesPart.of(key).ifPresent(part -> {
                    OwnValuesForm.findings(part, requested).forEach(findings::add);
                    walk(part, List.of(), values, requested, findings);
                }));
        return findings;
    }

    private static void walk(
            ValuesPart part,
            List<String> path,
            @Nullable Object value,
            RequestedValues requested,
            List<Finding> findings) {
        String where = requested.place(at(part, path));
        if (!path.isEmpty() && OwnedValues.is(part, path)) {
            OwnedValues.finding(part, path, where).ifPresent(findings::add);
            return;
        }
        if (isCredential(path, value) || (value instanceof Map<?, ?> map && isNamedCredential(map))) {
            findings.add(Finding.blocking(
                    where,
                    name(part, path),
                    "no credential: values are shown, and stay on record",
                    "what looks like one",
                    ADVICE));
            return;
        }
        boolean saidNow = requested.places().containsKey(at(part, path)); // an older release took them
        if (part.isChart() && saidNow) {
            form(part, path, value, where).ifPresent(findings::add);
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> walk(part, with(path, String.valueOf(key)), below, requested, findings));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> walk(part, with(path, "[]"), item, requested, findings));
        }
    }

    /** What charts write into objects as it is, so that it is refused or understood otherwise only by the API server. */
    private static Optional<Finding> form(ValuesPart part, List<String> path, @Nullable Object value, String where) {
        String above = path.size() < 2 || path.contains("meshConfig") ? "" : path.get(path.size() - 2);
        if (OF_TEXTS.contains(above) && (value instanceof Number || value instanceof Boolean)) {
            return Optional.of(
                    Finding.blocking(where, name(part, path), "a text", HelmValues.kind(value), "Put it in quotes."));
        }
        if (!above.equals(PULL_SECRETS) || value == null) {
            return Optional.empty();
        }
        boolean references = part == ValuesPart.EAST_WEST_GATEWAY || part == ValuesPart.INGRESS_GATEWAY;
        return references == value instanceof Map
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        where,
                        name(part, path),
                        references ? "a map with the name of a Secret" : "the name of a Secret",
                        HelmValues.kind(value),
                        "The chart of gateways takes [{name: regcred}], those of base and istiod take [regcred]."));
    }

    /** Whether a value looks like a credential, judged by its key or its content. */
    private static boolean isCredential(List<String> path, @Nullable Object value) {
        if (!(value instanceof String text) || text.isBlank() || path.isEmpty()) {
            return false;
        }
        if (NO_SECRET.matcher(text).matches()) {
            return false;
        }
        String key = path.get(path.size() - 1).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return SECRET_KEYS.stream().anyMatch(key::endsWith)
                || SECRET_TEXT.matcher(text).find();
    }

    /** Whether a value looks like a credential, or has one inside: an environment variable is a map of name and value. */
    public static boolean hasCredential(List<String> path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return isNamedCredential(map)
                    || map.entrySet().stream()
                            .anyMatch(field ->
                                    hasCredential(with(path, String.valueOf(field.getKey())), field.getValue()));
        }
        return value instanceof List<?> list
                ? list.stream().anyMatch(item -> hasCredential(path, item))
                : isCredential(path, value);
    }

    private static boolean isNamedCredential(Map<?, ?> map) {
        return map.get("name") instanceof String name && isCredential(List.of(name), map.get("value"));
    }

    /** A key with its part. */
    public static List<String> at(ValuesPart part, List<String> path) {
        return Stream.concat(Stream.of(part.key()), path.stream()).toList();
    }

    private static List<String> with(List<String> path, String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }
}

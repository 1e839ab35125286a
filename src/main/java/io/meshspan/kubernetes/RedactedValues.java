package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * Values as people may see them: long ones shortened to where they begin to differ, those of a Secret as fingerprints.
 * Annotations of a Secret are fingerprints too, since kubectl keeps what it last applied in one.
 */
final class RedactedValues {

    private static final String NOTHING = "nothing";
    private static final List<String> OPEN_IN_SECRETS = List.of("metadata.labels", "type");
    private static final int LONGEST = 100;
    private static final int LEAD = 20;

    private final boolean secret;

    private RedactedValues(boolean secret) {
        this.secret = secret;
    }

    /** Of a value that is shown already. */
    static RedactedValues open() {
        return new RedactedValues(false);
    }

    static RedactedValues of(HasMetadata object) {
        return new RedactedValues(object.getKind().equals("Secret"));
    }

    FieldChange change(String path, JsonNode before, JsonNode after) {
        boolean hidden = secret && OPEN_IN_SECRETS.stream().noneMatch(path::startsWith);
        String old = text(before);
        String next = text(after);
        if (hidden) {
            return new FieldChange(path, hidden(before, old), hidden(after, next));
        }
        int same = same(old, next);
        return new FieldChange(
                path,
                before.isMissingNode() ? NOTHING : shortened(old, same),
                after.isMissingNode() ? NOTHING : shortened(next, same),
                old.length() > LONGEST ? old : null,
                next.length() > LONGEST ? next : null);
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String hidden(JsonNode value, String text) {
        return value.isMissingNode() ? NOTHING : "sha256 " + brief(text);
    }

    private static int same(String one, String other) {
        int end = Math.min(one.length(), other.length());
        int same = 0;
        while (same < end && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same;
    }

    /** A long value keeps its fingerprint, so that two which differ further on are not taken for one. */
    private static String shortened(String text, int same) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int start = Math.max(0, Math.min(same - LEAD, text.length() - LONGEST));
        int end = Math.min(text.length(), start + LONGEST);
        return "%s%s%s (%d characters, sha256 %s)"
                .formatted(
                        start > 0 ? "…" : "",
                        text.substring(start, end),
                        end < text.length() ? "…" : "",
                        text.length(),
                        brief(text));
    }

    private static String brief(String text) {
        return ContentHash.of(text).substring(0, 12);
    }
}

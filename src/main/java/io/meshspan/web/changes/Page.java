package io.meshspan.web.changes;

import io.meshspan.engine.model.RequestRefused;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.InputRules;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor of the next part; null if this is the last one
 */
record Page<T>(List<T> items, @Nullable String next) {

    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";

    Page {
        items = List.copyOf(items);
    }

    /**
     * Which part of a list is wanted.
     *
     * @param after the last item of the part before; empty for the first part
     * @param cursor as it was sent
     */
    record Asked(int limit, String after, String cursor) {

        static final int USUAL = 100;
        static final int MOST = 500;

        static Asked of(@Nullable String limit, @Nullable String cursor) {
            return new Asked(limit(limit), cursor == null ? "" : decoded(cursor), cursor == null ? "" : cursor);
        }

        private static int limit(@Nullable String limit) {
            if (limit == null) {
                return USUAL;
            }
            boolean fine = limit.matches("[1-9]\\d{0,2}") && Integer.parseInt(limit) <= MOST;
            if (!fine) {
                throw refused(LIMIT, "a number from 1 to " + MOST, limit);
            }
            return Integer.parseInt(limit);
        }

        private static String decoded(String cursor) {
            try {
                return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException noCursor) {
                throw unknown(cursor);
            }
        }

        /** The refusal of a cursor that names nothing. */
        RequestRefused unknown() {
            return unknown(cursor);
        }

        private static RequestRefused unknown(String cursor) {
            return refused(CURSOR, "what next said in the part of the list before", cursor);
        }
    }

    private static RequestRefused refused(String parameter, String expected, String found) {
        return RequestRefused.of(Finding.blocking(
                "query", parameter, expected, InputRules.quoted(found), "Leave it out to begin with the first part."));
    }

    /** @param last the item of this part after which the next one begins; null if there is none */
    static <T> Page<T> until(List<T> items, @Nullable String last) {
        return new Page<>(
                items,
                last == null
                        ? null
                        : Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    }

    /** A part of a list that is already in memory. */
    static <T> Page<T> of(List<T> all, Asked asked, Function<T, String> id) {
        int from = 0;
        if (!asked.after().isEmpty()) {
            List<String> ids = all.stream().map(id).toList();
            from = ids.indexOf(asked.after()) + 1;
            if (from == 0) {
                throw asked.unknown();
            }
        }
        List<T> part = all.subList(from, Math.min(all.size(), from + asked.limit()));
        boolean more = from + part.size() < all.size();
        return until(part, more ? id.apply(part.get(part.size() - 1)) : null);
    }
}

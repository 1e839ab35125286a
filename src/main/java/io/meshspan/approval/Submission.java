package io.meshspan.approval;

import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The variables before and after a task was completed. Fields outside of its form could rewrite a plan. */
public record Submission(Map<String, ?> before, Map<String, ?> after) {

    /**
     * @param fields the fields of the task's form
     * @throws InvalidDecision names every other variable that was written
     */
    public void checkWritesOnly(Set<String> fields) {
        Set<String> written = after.entrySet().stream()
                .filter(e -> !fields.contains(e.getKey()))
                .filter(e -> !Objects.equals(before.get(e.getKey()), e.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!written.isEmpty()) {
            throw new InvalidDecision("A decision consists of %s only; this one also writes %s"
                    .formatted(listed(new TreeSet<>(fields)), String.join(", ", written)));
        }
    }

    private static String listed(NavigableSet<String> fields) {
        if (fields.size() < 2) {
            return String.join("", fields);
        }
        return "%s and %s".formatted(String.join(", ", fields.headSet(fields.last())), fields.last());
    }
}

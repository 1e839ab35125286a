package io.meshspan.approval;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What completing a task wrote besides its form's fields: it could rewrite the plan that was or is to be approved. */
public record Submission(Map<String, ?> before, Map<String, ?> after) {

    /**
     * @param fields the fields of the task's form
     * @throws InvalidDecision naming every other variable that was written
     */
    public void checkWritesOnly(Set<String> fields) {
        Set<String> written = after.entrySet().stream()
                .filter(e -> !fields.contains(e.getKey()))
                .filter(e -> !Objects.equals(before.get(e.getKey()), e.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!written.isEmpty()) {
            throw new InvalidDecision("A decision consists of %s only; this one also writes %s"
                    .formatted(String.join(" and ", new TreeSet<>(fields)), String.join(", ", written)));
        }
    }
}

package io.meshspan.approval;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a decision changed besides deciding: completing a task could rewrite the plan that it decides on. */
public record Submission(Map<String, ?> before, Map<String, ?> after) {

    /** The fields of the decision itself. */
    static final Set<String> FIELDS = Set.of("approved", "comment");

    /** @throws ApprovalRefused naming every other variable that was written */
    public void checkOnlyDecides() {
        Set<String> written = after.entrySet().stream()
                .filter(e -> !FIELDS.contains(e.getKey()))
                .filter(e -> !Objects.equals(before.get(e.getKey()), e.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!written.isEmpty()) {
            throw new ApprovalRefused("A decision consists of %s only; this one also writes %s"
                    .formatted(String.join(" and ", new TreeSet<>(FIELDS)), String.join(", ", written)));
        }
    }
}

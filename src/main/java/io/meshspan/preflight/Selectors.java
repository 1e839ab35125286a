package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates label selectors like an API server. */
final class Selectors {

    private Selectors() {}

    /** An empty or missing selector matches everything. */
    static boolean match(@Nullable LabelSelector selector, Map<String, String> labels) {
        return selector == null
                || (labels.entrySet()
                                .containsAll(
                                        Objects.requireNonNullElse(selector.getMatchLabels(), Map.<String, String>of())
                                                .entrySet())
                        && selector.getMatchExpressions().stream().allMatch(one -> match(one, labels)));
    }

    private static boolean match(LabelSelectorRequirement requirement, Map<String, String> labels) {
        Optional<String> value = Optional.ofNullable(labels.get(requirement.getKey()));
        return switch (requirement.getOperator()) {
            case "In" -> value.filter(requirement.getValues()::contains).isPresent();
            case "NotIn" -> value.filter(requirement.getValues()::contains).isEmpty();
            case "Exists" -> value.isPresent();
            case "DoesNotExist" -> value.isEmpty();
            default -> true;
        };
    }

    static Map<String, String> labels(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
    }
}

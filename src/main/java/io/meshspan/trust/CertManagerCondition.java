package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A condition of an object; cert-manager reports its progress there. */
record CertManagerCondition(String type, String status, String reason, String message) {

    private static final String STATUS = "status";

    static Optional<CertManagerCondition> in(GenericKubernetesResource object, String type) {
        return object.get(STATUS, "conditions") instanceof List<?> conditions
                ? conditions.stream()
                        .filter(Map.class::isInstance)
                        .map(each -> (Map<?, ?>) each)
                        .filter(each -> type.equals(each.get("type")))
                        .map(each -> new CertManagerCondition(
                                type, text(each, STATUS), text(each, "reason"), text(each, "message")))
                        .findFirst()
                : Optional.empty();
    }

    boolean isTrue() {
        return "True".equals(status);
    }

    private static String text(Map<?, ?> condition, String key) {
        return condition.get(key) instanceof String text ? text : "";
    }

    @Override
    public String toString() {
        return "%s is %s (%s): %s".formatted(type, status, reason, message);
    }
}

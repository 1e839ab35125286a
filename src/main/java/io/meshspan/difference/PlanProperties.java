package io.meshspan.difference;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a plan is compared with what is in a cluster.
 *
 * @param ignoreDifferences Fields that others write: neither the plan nor a step compares or changes them.
 * @param standIn Where a dry run goes whose own namespace the change has yet to make.
 */
@Validated
@ConfigurationProperties("meshspan.plan")
public record PlanProperties(
        @DefaultValue @Valid List<IgnoredDifference> ignoreDifferences,
        @DefaultValue @Valid StandIn standIn) {

    /** Nothing is ignored, and nothing is made. */
    public static final PlanProperties DEFAULT = new PlanProperties(List.of(), new StandIn(null, false));

    public PlanProperties {
        ignoreDifferences = List.copyOf(ignoreDifferences);
    }

    /**
     * Fields that others write, named as Argo CD names them in {@code ignoreDifferences}.
     *
     * @param kind The kind of the objects; * stands for every kind.
     * @param name The name of the objects; * stands for every name.
     * @param jsonPointers The fields as JSON pointers, such as /metadata/annotations/example.org~1seen; * stands for every element.
     * @param managers The field managers whose fields are meant, as managedFields names them.
     */
    public record IgnoredDifference(
            @DefaultValue("*") @NotBlank String kind,
            @DefaultValue("*") @NotBlank String name,
            @DefaultValue List<@Pattern(regexp = "(/[^/]+)+") String> jsonPointers,
            @DefaultValue List<@NotBlank String> managers) {

        public IgnoredDifference {
            jsonPointers = List.copyOf(jsonPointers);
            managers = List.copyOf(managers);
        }

        @AssertTrue(message = "must name fields: json-pointers or managers")
        boolean isAboutSomething() {
            return !jsonPointers.isEmpty() || !managers.isEmpty();
        }

        boolean isAbout(String objectKind, String objectName) {
            return (kind.equals("*") || kind.equals(objectKind)) && (name.equals("*") || name.equals(objectName));
        }
    }

    /**
     * Where a dry run goes whose own namespace the change has yet to make.
     *
     * @param namespace A namespace that is there, with the labels and policies that istio-system will have.
     * @param create Whether a namespace may be made for the time of a plan, and deleted when the plan is there.
     */
    public record StandIn(
            @Nullable @Pattern(regexp = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
            String namespace,

            @DefaultValue("false") boolean create) {}
}

package io.meshspan.approval;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Changes that cannot wait.
 *
 * @param requesters Ids of users and groups that may ask for an urgent change; by default nobody.
 * @param deciders Groups of which somebody else approves the plan of an urgent change, its only gate.
 */
@Validated
@ConfigurationProperties("meshspan.emergency")
record EmergencyProperties(
        @DefaultValue List<@NotBlank String> requesters,
        @DefaultValue("change-managers") @NotEmpty List<@NotBlank String> deciders) {

    EmergencyProperties {
        requesters = List.copyOf(requesters);
        deciders = List.copyOf(deciders);
    }
}

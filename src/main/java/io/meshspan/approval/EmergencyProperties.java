package io.meshspan.approval;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Changes that cannot wait.
 *
 * @param requesters ids of users and of groups that may ask for an urgent change; by default nobody
 * @param deciders the groups of which another person decides on its plan
 */
@Validated
@ConfigurationProperties("meshspan.emergency")
record EmergencyProperties(
        @DefaultValue List<String> requesters,
        @DefaultValue("change-managers") @NotEmpty List<String> deciders) {

    EmergencyProperties {
        requesters = List.copyOf(requesters);
        deciders = List.copyOf(deciders);
    }
}

package io.meshspan.engine.identity;

import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may log in.
 *
 * @param admin The administrator, required until there is one.
 * @param users People, made at start-up if they are missing, each with id, first-name, last-name, email, password and groups.
 */
@Validated
@ConfigurationProperties("meshspan")
record IdentityProperties(
        @Valid @Nullable @NestedConfigurationProperty Administrator admin,
        @DefaultValue List<@Valid Account> users) {

    IdentityProperties {
        users = List.copyOf(users);
    }
}

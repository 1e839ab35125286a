package io.meshspan.process.engine.identity;

import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may log in.
 *
 * @param admin {@code meshspan.admin.user}, {@code .password}, {@code .email}: needed until there is an administrator
 * @param users {@code meshspan.users[n].id}, {@code .first-name}, {@code .last-name}, {@code .email},
 *     {@code .password}, {@code .groups}
 */
@Validated
@ConfigurationProperties("meshspan")
record IdentityProperties(
        @Valid @Nullable Administrator admin, @DefaultValue List<@Valid Account> users) {

    IdentityProperties {
        users = List.copyOf(users);
    }
}

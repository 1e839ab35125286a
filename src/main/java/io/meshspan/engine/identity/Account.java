package io.meshspan.engine.identity;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A user who is created at start-up if there is none of this id; an existing one is left as it is.
 *
 * @param id The user's id.
 * @param firstName The user's first name; the id if absent.
 * @param lastName The user's last name.
 * @param email The user's address.
 * @param password The user's first password.
 * @param groups Groups of the user: operators, change-managers, auditors, or another that there is.
 */
record Account(
        @NotBlank String id,
        @DefaultValue("") String firstName,
        @DefaultValue("") String lastName,
        @DefaultValue("") String email,
        @NotNull Password password,
        @DefaultValue List<String> groups) {

    Account {
        groups = List.copyOf(groups);
    }
}

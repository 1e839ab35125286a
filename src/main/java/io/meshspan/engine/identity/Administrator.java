package io.meshspan.engine.identity;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The one who may give rights to others; not an approver.
 *
 * @param user The administrator's id.
 * @param password The administrator's first password.
 * @param email The administrator's address.
 */
record Administrator(
        @NotBlank String user,
        @NotNull Password password,
        @DefaultValue("") String email) {

    Account account() {
        return new Account(user, user, "", email, password, List.of(Groups.ADMINISTRATORS));
    }
}

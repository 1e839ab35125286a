package io.meshspan.audit;

import java.util.Map;
import java.util.Optional;

/** Who is behind the id of an actor, where an identity provider says so and not the id itself. */
public interface ActorIdentities {

    /**
     * Whom an identity provider names.
     *
     * @param name as the provider gives it at the moment
     * @param claims issuer and subject, which say who it is whatever the name, and the email
     */
    record Identity(String name, Map<String, String> claims) {}

    /** Empty for a user with a password, whose id is the name. */
    Optional<Identity> of(String actor);
}

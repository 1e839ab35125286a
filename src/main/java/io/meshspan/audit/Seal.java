package io.meshspan.audit;

import java.util.Optional;

/** Signs the record of an ended change, with a key that is not in the database. */
@FunctionalInterface
public interface Seal {

    /**
     * @return the signature in base64; empty while the key cannot be used, because a change must be able to end without it
     */
    Optional<String> sign(String text);
}

package io.meshspan.remotesecret;

import java.util.List;

/**
 * The names of the Secrets in {@code istio-system} of a cluster between which a rotation of its reader token changes.
 *
 * @param fresh the one that it creates
 * @param old those that it deletes
 */
public record TokenSecrets(String fresh, List<String> old) {

    public TokenSecrets {
        old = List.copyOf(old);
    }
}

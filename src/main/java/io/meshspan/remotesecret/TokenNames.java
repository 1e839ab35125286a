package io.meshspan.remotesecret;

import java.util.List;

/**
 * The Secrets in {@code istio-system} of a cluster that a rotation of its reader token is about.
 *
 * @param fresh the one that it creates
 * @param old those that it deletes
 */
public record TokenNames(String fresh, List<String> old) {

    public TokenNames {
        old = List.copyOf(old);
    }
}

package io.meshspan.trust;

import io.meshspan.mesh.ClusterName;
import java.time.Instant;

/**
 * A certificate authority that a cluster uses.
 *
 * @param subject its distinguished name
 * @param fingerprint SHA-256 of the DER form, lower case hexadecimal without colons
 * @param rootFingerprint the same for the root that the cluster gives to its workloads
 */
public record InstalledCa(
        ClusterName cluster,
        String subject,
        String fingerprint,
        Instant validFrom,
        Instant validUntil,
        String rootFingerprint,
        Instant rootValidUntil) {}

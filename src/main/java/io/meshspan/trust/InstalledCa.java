package io.meshspan.trust;

import io.meshspan.mesh.ClusterName;
import java.time.Instant;

/**
 * A certificate authority that a cluster works with.
 *
 * @param subject its distinguished name
 * @param fingerprint SHA-256 of the DER form, lower case hexadecimal without colons
 * @param rootFingerprint the same of the root that the cluster gives its workloads
 */
public record InstalledCa(
        ClusterName cluster,
        String subject,
        String fingerprint,
        Instant validFrom,
        Instant validUntil,
        String rootFingerprint,
        Instant rootValidUntil) {}

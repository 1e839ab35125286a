package io.meshspan.trust;

import java.nio.file.Path;
import java.time.Duration;

/** Parts of the trust room for the tests of others. */
public final class GivenTrust {

    private GivenTrust() {}

    public static EvidenceKey evidenceKey(Path rootKeystore) {
        EvidenceKey key = new EvidenceKey(new TrustProperties(
                new KeystorePassword("changeit"),
                rootKeystore,
                KeyType.EC_P256,
                Duration.ofDays(365),
                Duration.ofDays(365),
                false));
        key.require();
        return key;
    }
}

package io.meshspan.trust;

import java.nio.file.Path;

/** Parts of the trust room for the tests of others. */
public final class GivenTrust {

    private GivenTrust() {}

    public static EvidenceKey evidenceKey(Path rootKeystore) {
        EvidenceKey key = new EvidenceKey(GivenCa.properties(rootKeystore, KeyType.EC_P256, "changeit"));
        key.require();
        return key;
    }
}

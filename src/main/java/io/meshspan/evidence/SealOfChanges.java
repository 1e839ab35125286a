package io.meshspan.evidence;

import io.meshspan.audit.Seal;
import io.meshspan.trust.EvidenceKey;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Signs the end of every change's record in the database with the evidence key. */
@Component
final class SealOfChanges implements Seal {

    private final EvidenceKey key;

    SealOfChanges(EvidenceKey key) {
        this.key = key;
    }

    @Override
    public String sign(String text) {
        return key.sign(text.getBytes(StandardCharsets.UTF_8));
    }
}

package io.meshspan.evidence;

import io.meshspan.audit.Seal;
import io.meshspan.trust.EvidenceKey;
import io.meshspan.trust.EvidenceKeyUnusable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Signs the end of every change's record in the database with the evidence key. */
@Component
final class SealOfChanges implements Seal {

    private static final Logger LOG = LoggerFactory.getLogger(SealOfChanges.class);

    private final EvidenceKey key;

    SealOfChanges(EvidenceKey key) {
        this.key = key;
    }

    @Override
    public Optional<String> sign(String text) {
        try {
            return Optional.of(key.sign(text.getBytes(StandardCharsets.UTF_8)));
        } catch (EvidenceKeyUnusable e) {
            LOG.error("A change ended but cannot be sealed yet: {}", e.getMessage());
            return Optional.empty();
        }
    }
}

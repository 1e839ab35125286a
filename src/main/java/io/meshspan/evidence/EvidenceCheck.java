package io.meshspan.evidence;

import io.meshspan.audit.Chain;
import io.meshspan.audit.ChainedRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Checks that a file is what the service exported: unchanged in every byte and record, and signed with the expected key. */
final class EvidenceCheck {

    private EvidenceCheck() {}

    /**
     * @param trusted the certificate of the expected key, in PEM; by default the file's own
     * @return the problems as text; empty if there are none
     */
    static List<String> problems(byte[] file, Optional<String> trusted) {
        try {
            return problems(file, EvidenceFile.read(file), trusted);
        } catch (IOException | RuntimeException e) {
            return List.of("This is not an evidence file of Meshspan, or it is incomplete");
        }
    }

    private static List<String> problems(byte[] file, Evidence evidence, Optional<String> trusted) {
        List<String> problems = new ArrayList<>();
        if (!Evidence.FORMATS.contains(evidence.format())) {
            return List.of("The format is none of " + String.join(", ", new TreeSet<>(Evidence.FORMATS)));
        }
        int difference = Arrays.mismatch(file, EvidenceFile.write(evidence));
        if (difference >= 0) {
            problems.add("Byte %d differs from the format of Meshspan".formatted(difference));
        }
        problems.addAll(Chain.problems(entries(evidence), evidence.recordCount(), evidence.head()));
        problems.addAll(signature(evidence, trusted));
        return problems;
    }

    private static List<ChainedRecord> entries(Evidence evidence) {
        return evidence.records().stream()
                .map(record -> record.entry(evidence.change()))
                .toList();
    }

    private static List<String> signature(Evidence evidence, Optional<String> trusted) {
        try {
            SigningCertificate own = SigningCertificate.of(evidence.certificate());
            SigningCertificate expected = SigningCertificate.of(trusted.orElse(evidence.certificate()));
            if (!expected.equals(own)) {
                return List.of("The file was signed with key %s, not with the given %s"
                        .formatted(own.fingerprint(), expected.fingerprint()));
            }
            boolean signed = own.signed(EvidenceFile.unsigned(evidence), evidence.signature());
            return signed ? List.of() : List.of("The signature does not belong to this content");
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}

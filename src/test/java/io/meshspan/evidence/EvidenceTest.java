package io.meshspan.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.audit.AuditDatabase;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.trust.EvidenceKey;
import io.meshspan.trust.GivenTrust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file proves itself without the service, and no byte of it can be changed unnoticed. */
class EvidenceTest {

    private static final int FLIPS = 600;

    @TempDir
    Path folder;

    private EvidenceKey key;
    private byte[] file;

    @BeforeEach
    void exportAChange() {
        key = GivenTrust.evidenceKey(folder.resolve("root-ca.p12"));
        AuditDatabase database = new AuditDatabase(new SealOfChanges(key));
        database.change("c1", "mesh1", "olivia");
        database.end("c1", "mesh1", "Mesh verified");
        ChangeSummary change = database.changes.find("c1").orElseThrow();
        assertThat(new RecordCheck(database.changes, key).problems(change, database.changes.of("c1")))
                .isEmpty();
        file = new EvidenceExport(database.changes, key).json(change, "andrea");
    }

    @Test
    void shouldBeGenuineAsItWasExported() throws IOException {
        Path pem = Files.writeString(folder.resolve("key.pem"), key.certificate());
        Path exported = Files.write(folder.resolve("change.json"), file);

        assertThat(run(exported.toString())).startsWith("0 GENUINE: change c1 of mesh mesh1, 4 records");
        assertThat(run(exported.toString(), "--key", pem.toString())).contains(key.fingerprint());
    }

    @Test
    void shouldStillTakeAFileOfTheFirstFormat() throws IOException {
        String first = new String(file, StandardCharsets.UTF_8).replace(Evidence.FORMAT, "meshspan-evidence/1");
        Evidence evidence = EvidenceFile.read(first.getBytes(StandardCharsets.UTF_8));
        byte[] signed = EvidenceFile.write(evidence.signed(key.sign(EvidenceFile.unsigned(evidence))));

        assertThat(new String(signed, StandardCharsets.UTF_8)).doesNotContain("\"asked\"");
        assertThat(EvidenceCheck.problems(signed, Optional.empty())).isEmpty();
    }

    @Test
    void shouldFindEveryKindOfChangedByte() {
        Random random = new Random(1);
        IntStream places =
                IntStream.concat(IntStream.range(file.length - 120, file.length), random.ints(FLIPS, 0, file.length));

        places.forEach(place -> {
            byte[] altered = file.clone();
            altered[place] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            assertThat(EvidenceCheck.problems(altered, Optional.empty()))
                    .as("byte %d of %s", place, new String(altered, StandardCharsets.ISO_8859_1))
                    .isNotEmpty();
        });
    }

    @Test
    void shouldNameTheRecordThatWasChanged() {
        String altered = new String(file, StandardCharsets.UTF_8).replace("CREATED", "DELETED");

        assertThat(EvidenceCheck.problems(altered.getBytes(StandardCharsets.UTF_8), Optional.empty()))
                .contains("Record 2 (Some step, Namespace istio-system) is not what was written")
                .contains("The signature does not belong to this content");
    }

    @Test
    void shouldRefuseAFileThatAnotherKeySigned() throws IOException {
        EvidenceKey other = GivenTrust.evidenceKey(folder.resolve("other/root-ca.p12"));
        Path exported = Files.write(folder.resolve("change.json"), file);
        Path pem = Files.writeString(folder.resolve("other.pem"), other.certificate());

        assertThat(run(exported.toString(), "--key", pem.toString())).startsWith("1 NOT GENUINE");
    }

    @Test
    void shouldRefuseWhatIsNoEvidence() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"format\": \"meshspan-evidence/1\"}");

        assertThat(run(other.toString())).startsWith("1 NOT GENUINE");
        assertThat(run(folder.resolve("missing.json").toString())).startsWith("2 ");
        assertThat(run()).startsWith("2 usage");
    }

    private static String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = VerifyEvidence.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }
}

package io.meshspan.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.audit.AuditDatabase;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.RecordKind;
import io.meshspan.trust.EvidenceKey;
import io.meshspan.trust.EvidenceKeyUnusable;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The file proves itself without the service, and no byte of it can be changed unnoticed. */
class EvidenceTest {

    private static final int FLIPS = 600;

    @TempDir
    Path folder;

    private EvidenceKey key;
    private AuditDatabase database;
    private byte[] file;

    @BeforeEach
    void exportAChange() {
        key = GivenTrust.evidenceKey(folder.resolve("root-ca.p12"));
        database = new AuditDatabase(new SealOfChanges(key));
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

    @ParameterizedTest
    @EnumSource
    void shouldEndUnsealedWhileTheKeyIsUnusableAndBeSealedWhenItIsBack(Loss loss) throws IOException {
        // given
        Path keystore = folder.resolve("evidence.p12");
        byte[] right = Files.readAllBytes(keystore);
        database.change("c2", "mesh1", "olivia");

        // when
        loss.befall(keystore);
        database.end("c2", "mesh1", "Mesh verified");
        database.log.sealLate();

        // then
        assertThat(summary("c2").outcome()).isEqualTo("Mesh verified");
        assertThat(summary("c2").seal()).isNull();
        assertThat(notes("c2")).containsExactly("UNSEALED");
        assertThat(problems("c2")).singleElement().asString().contains("has no seal");
        assertThat(problems("c1")).singleElement().asString().contains("cannot be checked", keystore.toString());
        assertThatThrownBy(() -> new EvidenceExport(database.changes, key).json(summary("c2"), "andrea"))
                .isInstanceOf(EvidenceKeyUnusable.class)
                .hasMessageContaining(keystore.toString());

        // when
        Files.write(keystore, right);
        database.log.sealLate();
        database.log.sealLate();

        // then
        assertThat(notes("c2")).containsExactly("UNSEALED", "SEALED");
        assertThat(problems("c2")).isEmpty();
        assertThat(problems("c1")).isEmpty();
    }

    /** What comes after the end makes the seal before it void. */
    @Test
    void shouldLoseItsSealWithARecordThatComesWhileTheKeyIsUnusable() throws IOException {
        Path keystore = folder.resolve("evidence.p12");
        byte[] right = Files.readAllBytes(keystore);

        Loss.GARBAGE.befall(keystore);
        note("c1", "first");
        note("c1", "second");

        assertThat(summary("c1").seal()).isNull();
        assertThat(notes("c1")).containsExactly("UNSEALED");

        Files.write(keystore, right);
        note("c1", "third");

        assertThat(notes("c1")).containsExactly("UNSEALED", "SEALED");
        assertThat(problems("c1")).isEmpty();
    }

    @Test
    void shouldNotSealAgainWhatSomebodyTookTheSealFrom() {
        database.sql.update("update MESHSPAN_CHANGE set SEAL = null");

        database.log.sealLate();
        note("c1", "later");

        assertThat(summary("c1").seal()).isNull();
        assertThat(problems("c1")).singleElement().asString().contains("has no seal");
    }

    enum Loss {
        GARBAGE,
        GONE;

        void befall(Path keystore) throws IOException {
            if (this == GONE) {
                Files.delete(keystore);
            } else {
                Files.writeString(keystore, "garbage");
            }
        }
    }

    private void note(String change, String what) {
        database.log.write(new AuditRecord(change, "mesh1", "Some step", null, null, what, "NOTED", null));
    }

    private ChangeSummary summary(String change) {
        return database.changes.find(change).orElseThrow();
    }

    private List<String> notes(String change) {
        return database.changes.of(change).stream()
                .map(ChainedRecord::record)
                .filter(record -> record.what().equals("seal"))
                .map(AuditRecord::result)
                .toList();
    }

    private List<String> problems(String change) {
        return new RecordCheck(database.changes, key).problems(summary(change), database.changes.of(change));
    }

    @Test
    void shouldListFailuresAndInterventionsOnThePageToRead() {
        AuditDatabase database = new AuditDatabase(new SealOfChanges(key));
        database.change("c2", "mesh1", "olivia");
        EvidenceExport export = new EvidenceExport(database.changes, key);
        assertThat(section(export.html(database.changes.find("c2").orElseThrow(), "andrea")))
                .contains("None.")
                .doesNotContain("<table>");

        database.log.write(record(RecordKind.MEASURED, "mesh mesh1", "NOT_VERIFIED", "cluster2 does not answer"));
        database.log.write(record(RecordKind.DECIDED, "decision", "rollBack", "not <today>"));
        database.log.write(record(RecordKind.NOTE, "what is left after a removal", "LEFT", "cluster1: Service shop/x"));

        String page = export.html(database.changes.find("c2").orElseThrow(), "andrea");
        assertThat(section(page))
                .contains("NOT_VERIFIED", "cluster2 does not answer", "rollBack", "not &lt;today&gt;")
                .doesNotContain("what is left", "None.");
        assertThat(page.substring(page.indexOf("What happened"))).contains("cluster1: Service shop/x");
    }

    private static String section(String page) {
        return page.substring(page.indexOf("Failures, retries and interventions"), page.indexOf("What happened"));
    }

    private static AuditRecord record(RecordKind recordKind, String what, String result, String detail) {
        return new AuditRecord(recordKind, "c2", "mesh1", "Some step", "oscar", null, what, result, detail, null);
    }

    private static String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = VerifyEvidence.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }
}

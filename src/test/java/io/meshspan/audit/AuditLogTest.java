package io.meshspan.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records are chained, in the transaction of the work, and whatever is altered later is found. */
class AuditLogTest {

    private final AuditDatabase database = new AuditDatabase();

    @Test
    void shouldKeepWhatWasWrittenInOrder() {
        database.change("c1", "mesh1", "olivia");

        List<ChainedRecord> entries = database.changes.of("c1");

        assertThat(entries).extracting(ChainedRecord::seq).containsExactly(1L, 2L, 3L);
        assertThat(entries)
                .extracting(entry -> entry.record().kind())
                .containsExactly(RecordKind.REQUESTED, RecordKind.OBJECT, RecordKind.DECIDED);
        assertThat(entries.get(1).record())
                .isEqualTo(AuditDatabase.record(
                        RecordKind.OBJECT, "c1", "mesh1", null, "cluster1", "Namespace istio-system", "CREATED"));
        assertThat(problems("c1")).isEmpty();
    }

    @Test
    void shouldForgetWhatItsTransactionTookBack() {
        database.change("c1", "mesh1", "olivia");

        assertThatThrownBy(() -> database.transactions.executeWithoutResult(transaction -> {
                    database.log.write(AuditDatabase.record(
                            RecordKind.OBJECT, "c1", "mesh1", null, "cluster1", "Secret x", "CREATED"));
                    throw new IllegalStateException("the step failed");
                }))
                .hasMessage("the step failed");

        assertThat(database.changes.of("c1")).hasSize(3);
        assertThat(problems("c1")).isEmpty();
    }

    @Test
    void shouldKeepOneChainWhenStepsRunSideBySide() {
        database.change("c1", "mesh1", "olivia");
        ExecutorService threads = Executors.newFixedThreadPool(8);

        CompletableFuture.allOf(IntStream.range(0, 80)
                        .mapToObj(number -> CompletableFuture.runAsync(
                                () -> database.transactions.executeWithoutResult(transaction -> IntStream.range(0, 5)
                                        .forEach(object -> database.log.write(AuditDatabase.record(
                                                RecordKind.OBJECT,
                                                "c1",
                                                "mesh1",
                                                null,
                                                "cluster" + number,
                                                "Service s" + object,
                                                "CREATED")))),
                                threads))
                        .toArray(CompletableFuture[]::new))
                .join();
        threads.shutdown();

        assertThat(database.changes.of("c1")).hasSize(403);
        assertThat(problems("c1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update MESHSPAN_AUDIT set AT = dateadd('SECOND', 1, AT) where SEQ = 2",
                "update MESHSPAN_AUDIT set KIND = 'NOTE' where SEQ = 2",
                "update MESHSPAN_AUDIT set MESH = 'mesh2' where SEQ = 2",
                "update MESHSPAN_AUDIT set STEP = 'Other' where SEQ = 2",
                "update MESHSPAN_AUDIT set ACTOR = 'olivia' where SEQ = 3",
                "update MESHSPAN_AUDIT set CLUSTER_NAME = null where SEQ = 2",
                "update MESHSPAN_AUDIT set WHAT = 'Namespace other' where SEQ = 2",
                "update MESHSPAN_AUDIT set RESULT = 'UNCHANGED' where SEQ = 2",
                "update MESHSPAN_AUDIT set DETAIL = '' where SEQ = 2",
                "update MESHSPAN_AUDIT set DATA = '{\"n\":2}' where SEQ = 2",
                "update MESHSPAN_AUDIT set HASH = '00' where SEQ = 2",
                "delete from MESHSPAN_AUDIT where SEQ = 2",
                "delete from MESHSPAN_AUDIT where SEQ = 4",
                "update MESHSPAN_AUDIT set SEQ = 7 where SEQ = 2",
                "update MESHSPAN_CHANGE set REQUESTER = 'carla'",
                "update MESHSPAN_CHANGE set OUTCOME = 'Change rejected'",
            })
    void shouldFindWhatWasAltered(String alteration) {
        database.change("c1", "mesh1", "olivia");
        database.end("c1", "mesh1", "Mesh verified");
        assertThat(problems("c1")).isEmpty();

        assertThat(database.sql.update(alteration)).isOne();

        assertThat(problems("c1")).isNotEmpty();
    }

    @Test
    void shouldSealAChangeWhenItEndsAndAnewWithWhatComesAfter() {
        database.change("c1", "mesh1", "olivia");
        assertThat(summary("c1").seal()).isNull();

        database.end("c1", "mesh1", "Mesh verified");

        ChangeSummary ended = summary("c1");
        assertThat(ended.outcome()).isEqualTo("Mesh verified");
        assertThat(ended.seal()).isEqualTo("signature of " + ended.sealed().length());
    }

    private ChangeSummary summary(String change) {
        return database.changes.find(change).orElseThrow();
    }

    private List<String> problems(String change) {
        return database.changes.problems(summary(change), database.changes.of(change));
    }
}

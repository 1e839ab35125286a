package io.meshspan.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An auditor who asks what went wrong, and who had a say in it, gets all of that and nothing else. */
class AuditRecordTest {

    @ParameterizedTest
    @CsvSource({
        "FAILED, DENIED",
        "FAILED, ATTEMPT_FAILED",
        "INCIDENT, OPEN",
        "OPERATION, SetJobRetries",
        "MEASURED, NOT_VERIFIED",
        "DECIDED, retry",
        "DECIDED, rollBack",
        "DECIDED, without",
        "DECIDED, stop",
        "NOTE, LEFT_OUT",
        "NOTE, LOST"
    })
    void shouldTellOfAFailureOrAnIntervention(RecordKind recordKind, String result) {
        assertThat(record(recordKind, result).tellsOfFailureOrIntervention()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "REQUESTED, REQUESTED",
        "PLANNED, COMPUTED",
        "DECIDED, APPROVED",
        "DECIDED, REJECTED",
        "OBJECT, CREATED",
        "STEP, DONE",
        "MEASURED, VERIFIED",
        "NOTE, TAKEN",
        "ENDED, Mesh verified"
    })
    void shouldTellOfTheOrdinaryCourse(RecordKind recordKind, String result) {
        assertThat(record(recordKind, result).tellsOfFailureOrIntervention()).isFalse();
    }

    private static AuditRecord record(RecordKind recordKind, String result) {
        return AuditDatabase.record(recordKind, "c1", "mesh1", null, null, "something", result);
    }
}

package io.meshspan.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordJson;
import io.meshspan.audit.RecordKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step that has ended, from its record.
 *
 * @param process the key of the process with this activity
 * @param kind of activity, as BPMN names it: {@code serviceTask}, {@code userTask} or {@code callActivity}
 * @param id of this run of the activity
 * @param caller the id of the call activity that called the process; null if there is none
 */
record RecordedStep(
        AuditRecord record,
        String process,
        String kind,
        String id,
        @Nullable String caller,
        Instant started,
        Instant ended) {

    /** Empty if the record is about something else, or about the end of a process, which takes no time. */
    static Optional<RecordedStep> of(AuditRecord record) {
        if (record.kind() != RecordKind.STEP || record.data() == null) {
            return Optional.empty();
        }
        JsonNode data = RecordJson.tree(record.data());
        String kind = data.path("kind").asText();
        return kind.isEmpty() || kind.toLowerCase(Locale.ROOT).endsWith("endevent")
                ? Optional.empty()
                : Optional.of(new RecordedStep(
                        record,
                        data.path("process").asText(),
                        kind,
                        data.path("activityInstance").asText(),
                        data.path("callerActivityInstance").asText(null),
                        Instant.parse(data.path("started").asText()),
                        Instant.parse(data.path("ended").asText())));
    }

    Duration duration() {
        return Duration.between(started, ended);
    }
}

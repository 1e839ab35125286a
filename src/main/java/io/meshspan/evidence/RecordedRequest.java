package io.meshspan.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordJson;
import io.meshspan.audit.RecordKind;
import io.meshspan.change.ChangeKind;
import io.meshspan.plan.ChangeRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the request among the records of a change. */
public final class RecordedRequest {

    /** The field of a record's data that has the request. */
    public static final String FIELD = "asked";

    private RecordedRequest() {}

    /** Empty also if there is no such change. */
    public static Optional<ChangeRequest> of(Changes changes, String change) {
        return changes.find(change).flatMap(summary -> of(summary, changes.of(change)));
    }

    /** The kind of the change; empty if its request is not recorded. */
    public static Optional<ChangeKind> kind(Changes changes, String change) {
        return first(changes, change).map(ChangeRequest::kind);
    }

    /** The request at the start of the change, before any cluster was read. */
    public static Optional<ChangeRequest> first(Changes changes, String change) {
        return changes.find(change).flatMap(summary -> first(summary, changes.of(change, RecordKind.REQUESTED)));
    }

    private static Optional<ChangeRequest> first(ChangeSummary change, List<ChainedRecord> records) {
        return data(records, RecordKind.REQUESTED)
                .filter(requested -> requested.hasNonNull("mesh"))
                .map(requested -> asked(change, requested));
    }

    /** The request in the last plan, otherwise at the start of the change; empty if the records were deleted. */
    public static Optional<ChangeRequest> of(ChangeSummary change, List<ChainedRecord> records) {
        return first(change, records)
                .map(first -> data(records, RecordKind.PLANNED)
                        .filter(planned -> planned.hasNonNull(FIELD))
                        .map(planned -> read(planned.path(FIELD)).withFile(first.meshFile()))
                        .orElse(first));
    }

    private static ChangeRequest asked(ChangeSummary change, JsonNode requested) {
        return read(requested.hasNonNull(FIELD) ? requested.path(FIELD) : earlier(change, requested));
    }

    /** For a change of an earlier release. */
    private static JsonNode earlier(ChangeSummary change, JsonNode requested) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.put("process", change.process());
        asked.put("processName", change.process());
        asked.set("mesh", requested.path("mesh"));
        JsonNode removal = requested.path("removal");
        asked.set("leaving", removal.path("clusters"));
        if (removal.isObject()) {
            boolean whole = removal.path("clusters").size()
                    == requested.path("mesh").path("members").size();
            asked.putObject("kind").put("is", whole ? "remove" : "take-out").set("removal", removal);
        }
        asked.put("requester", change.requester());
        asked.put("reason", change.reason() == null ? "" : change.reason());
        asked.put("at", change.started().toString());
        return asked;
    }

    private static ChangeRequest read(JsonNode asked) {
        return ChangeRequest.read(asked.toString());
    }

    private static Optional<JsonNode> data(List<ChainedRecord> records, RecordKind recordKind) {
        return records.stream()
                .filter(entry -> entry.record().kind() == recordKind)
                .max(Comparator.comparingLong(ChainedRecord::seq))
                .map(entry -> RecordJson.tree(entry.record().data()));
    }
}

package io.meshspan.process.drift;

import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.drift.DriftRecords;
import io.meshspan.drift.DriftRecords.Settlement;
import io.meshspan.drift.DriftReport;
import io.meshspan.drift.DriftScan;
import io.meshspan.drift.DriftedObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Accepts the differences between an adopted mesh and its clusters: its approver has read them in the plan, and decided that they
 * stay. So the first drift check after it tells only what is new.
 */
@Component
public class AdoptedDifferences {

    private final DriftScan scan;
    private final DriftRecords records;
    private final ApprovedPlans plans;
    private final Changes changes;

    AdoptedDifferences(DriftScan scan, DriftRecords records, ApprovedPlans plans, Changes changes) {
        this.scan = scan;
        this.records = records;
        this.plans = plans;
        this.changes = changes;
    }

    /**
     * The result.
     *
     * @param accepted how many differences the plan named
     * @param others the objects of the differences that it did not name, which the next drift check reports
     */
    public record Accepted(int accepted, List<String> others) {

        public String inWords() {
            return "%d differences that the approved plan leaves as they are%s"
                    .formatted(
                            accepted,
                            others.isEmpty()
                                    ? "; a drift check finds no others"
                                    : "; the next drift check reports these: " + String.join(", ", others));
        }
    }

    /** May be repeated: a decision on the same difference replaces the one before. */
    public Accepted accept(String change, Mesh mesh) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        DriftReport report = scan.of(found(mesh, now), now);
        List<DriftedObject> known =
                report.items().stream().filter(item -> isKnown(change, item)).toList();
        String requester = changes.find(change).map(ChangeSummary::requester).orElse(null);
        records.settle(
                known.stream().map(DriftedObject::digest).toList(),
                new Settlement(
                        mesh.id().value(),
                        null,
                        change,
                        Objects.requireNonNullElse(requester, ""),
                        "As it was when the mesh was adopted; approved with the plan of that change.",
                        now));
        return new Accepted(
                known.size(),
                report.items().stream()
                        .filter(item -> !known.contains(item))
                        .map(item -> "%s in %s".formatted(item.object(), item.cluster()))
                        .toList());
    }

    private boolean isKnown(String change, DriftedObject item) {
        return plans.left(change, new ClusterName(item.cluster())).stream()
                .map(ObjectRef::toString)
                .collect(Collectors.toSet())
                .contains(item.object());
    }

    /** The mesh is declared when the change ends; it is compared a moment before. */
    private static DeclaredMesh found(Mesh mesh, Instant now) {
        return new DeclaredMesh(
                0, now, DeclaredMesh.State.VERIFIED, mesh, null, List.of(), null, null, null, "adopt", null, "");
    }
}

package io.meshspan.removal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.Changes;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.plan.ApprovedPlans;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Finds the objects that are deleted with the kinds of a removal. Only objects that an approver has read about may be
 * deleted.
 */
@Component
public final class CrdsInUse {

    /** The record's name for the list that the approver saw. */
    public static final String SUBJECT = "objects that go with Istio's CRDs";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, List<String>>> NAMES = new TypeReference<>() {};

    private final Clusters clusters;
    private final ApprovedPlans approved;
    private final Changes changes;

    CrdsInUse(Clusters clusters, ApprovedPlans approved, Changes changes) {
        this.clusters = clusters;
        this.approved = approved;
        this.changes = changes;
    }

    /** The current objects, in each cluster from which CRDs will be deleted. */
    public CrdUseReport read(String change) {
        return new CrdUseReport(clusters.inEach(
                concerned(change),
                cluster -> planned(change, cluster.name()).stream()
                        .map(definition -> CrdInUse.of(cluster, definition))
                        .toList()));
    }

    private List<ClusterName> concerned(String change) {
        return approved.clusters(change).stream()
                .filter(cluster -> !planned(change, cluster).isEmpty())
                .toList();
    }

    /**
     * Checks every cluster before anything is deleted in any.
     *
     * @throws StepFailed PLAN_MOVED if an object would be deleted that was not on the approver's list
     */
    void requireRead(String change) {
        var unused = clusters.inEach(
                concerned(change), cluster -> staying(change, cluster, planned(change, cluster.name())));
    }

    private List<ObjectRef> planned(String change, ClusterName cluster) {
        return approved.outcomes(change, cluster).entrySet().stream()
                .filter(planned -> planned.getValue() == ApplyOutcome.DELETED)
                .map(Map.Entry::getKey)
                .filter(object -> object.kind().equals(Phase.CRD))
                .toList();
    }

    /**
     * The definitions that stay, because it is not known which objects would be deleted with them.
     *
     * @throws StepFailed PLAN_MOVED if an object would be deleted with them that was not on the approver's list
     */
    Set<ObjectRef> staying(String change, Cluster cluster, List<ObjectRef> definitions) {
        List<CrdInUse> uses = definitions.stream()
                .map(definition -> CrdInUse.of(cluster, definition))
                .toList();
        Set<String> shown = shown(change, cluster.name());
        List<Finding> unread = uses.stream()
                .filter(use -> !use.inDoubt())
                .flatMap(use -> use.without(shown).objects().stream())
                .map(object -> unread(cluster, object))
                .toList();
        if (!unread.isEmpty()) {
            throw new StepFailed(FailureCode.PLAN_MOVED, unread);
        }
        return uses.stream()
                .filter(CrdInUse::inDoubt)
                .map(CrdInUse::definition)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The last list that a person saw. */
    private Set<String> shown(String change, ClusterName cluster) {
        return changes.last(change, SUBJECT)
                .map(record -> Set.copyOf(names(record).getOrDefault(cluster.value(), List.of())))
                .orElse(Set.of());
    }

    private static Map<String, List<String>> names(AuditRecord record) {
        try {
            return JSON.readValue(String.valueOf(record.data()), NAMES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the recorded list of objects could not be read", e);
        }
    }

    private static Finding unread(Cluster cluster, ObjectRef object) {
        return Finding.blocking(
                cluster.name().value(),
                object.toString(),
                "only objects that the approver has read of",
                "one that came later",
                "Try again: the approval for the CRDs is then asked for again, with this object on the list. Or "
                        + "delete it if nobody needs it.");
    }
}

package io.meshspan.plan;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.Changes;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Says which clusters a change excluded, for its end event and for the person who accepts the result. */
@Component
public final class ExcludedClustersText {

    /** The name of the decision to go on without a cluster, in its record. */
    public static final String WITHOUT = "without";

    /** The result of the record about what remains in an excluded cluster. */
    public static final String LEFT_OUT = "LEFT_OUT";

    /** The space in the result of a record, next to the name of an end event. */
    private static final int LONGEST = 40;

    private final ExcludedClusters leftOut;
    private final Changes changes;

    ExcludedClustersText(ExcludedClusters leftOut, Changes changes) {
        this.leftOut = leftOut;
        this.changes = changes;
    }

    /** For example {@code  without cluster3}; empty if no cluster was excluded. */
    public String brief(String change) {
        List<ClusterName> all = leftOut.of(change);
        String names = all.stream().map(ClusterName::value).collect(Collectors.joining(", "));
        if (all.isEmpty()) {
            return "";
        }
        return " without " + (names.length() <= LONGEST ? names : all.size() + " of its clusters");
    }

    /** One line per cluster: who decided it, why, what remains there and how to remove it; empty if none was excluded. */
    public String lines(String change) {
        List<ClusterName> all = leftOut.of(change);
        List<AuditRecord> told = all.isEmpty() ? List.of() : told(change);
        return all.stream().map(cluster -> line(cluster, told)).collect(Collectors.joining());
    }

    private List<AuditRecord> told(String change) {
        return changes.of(change).stream().map(ChainedRecord::record).toList();
    }

    private static String line(ClusterName cluster, List<AuditRecord> told) {
        AuditRecord decided = last(told, cluster, WITHOUT);
        AuditRecord stays = last(told, cluster, LEFT_OUT);
        return "Without %s, as %s decided: %s. %s.\n"
                .formatted(cluster, decided.actor(), decided.detail(), Objects.requireNonNullElse(stays.detail(), ""));
    }

    private static AuditRecord last(List<AuditRecord> told, ClusterName cluster, String result) {
        return told.stream()
                .filter(record ->
                        record.result().equals(result) && cluster.value().equals(record.cluster()))
                .reduce((earlier, later) -> later)
                .orElseGet(() -> new AuditRecord("", "", "", "nobody", cluster.value(), "", result, ""));
    }
}

package io.meshspan.verification;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which control plane is in sync with which cluster, as its istiods report it; by primary. */
public record ControlPlaneReport(SortedMap<ClusterName, ControlPlaneView> readers) {

    public ControlPlaneReport {
        readers = Collections.unmodifiableSortedMap(new TreeMap<>(readers));
    }

    public boolean synced() {
        return missing() == 0;
    }

    /** How many clusters are not in sync with a control plane, and how many control planes do not say; 0 if all are in sync. */
    public int missing() {
        return readers.isEmpty()
                ? 1
                : readers.values().stream().mapToInt(ControlPlaneView::missing).sum();
    }

    /** Why control planes cannot watch clusters; empty if all are in sync. */
    public List<Finding> findings() {
        return ControlPlaneFindings.of(this);
    }

    /** Whether that control plane reports that it is in sync with the target; always true for its own cluster. */
    boolean sees(ClusterName reader, ClusterName target) {
        ControlPlaneView view = readers.get(reader);
        return reader.equals(target) || (view != null && view.status(target).equals(Clusterz.SYNCED));
    }

    String status(ClusterName reader, ClusterName target) {
        ControlPlaneView view = readers.get(reader);
        return view == null ? "not asked" : view.status(target);
    }
}

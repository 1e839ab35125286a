package io.meshspan.plan;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the approved plans from the records. */
@Component
final class ApprovedRecords {

    /** A plan is approved while somebody has approved it and nobody has rejected it. */
    private static final String EVER_APPROVED = " p.CHANGE_ID = ?"
            + " and exists (select 1 from MESHSPAN_PLAN_DECISION d where d.PLAN_ID = p.ID and d.APPROVED)"
            + " and not exists (select 1 from MESHSPAN_PLAN_DECISION d where d.PLAN_ID = p.ID and not d.APPROVED)";

    private static final String APPROVED = EVER_APPROVED + " order by p.ID desc fetch first 1 row only";

    private final JdbcClient database;
    private final ExcludedClusters leftOut;

    ApprovedRecords(JdbcClient database, ExcludedClusters leftOut) {
        this.database = database;
        this.leftOut = leftOut;
    }

    /** The recorded mesh without the clusters that were excluded since. */
    Optional<Mesh> mesh(String change) {
        return database.sql("select p.MESH from MESHSPAN_PLAN p where" + APPROVED)
                .param(change)
                .query(String.class)
                .optional()
                .map(json -> PlanJson.read(json, Mesh.class).without(leftOut.names(change)));
    }

    /** All approved plans of a cluster, oldest first. */
    List<ClusterPlan> plans(String change, ClusterName cluster) {
        return database
                .sql("select c.OBJECTS from MESHSPAN_PLAN p join MESHSPAN_PLAN_CLUSTER c on c.PLAN_ID = p.ID"
                        + " where c.CLUSTER_NAME = ? and" + EVER_APPROVED + " order by p.ID")
                .param(cluster.value())
                .param(change)
                .query(String.class)
                .list()
                .stream()
                .map(json -> PlanJson.read(json, ClusterPlan.class))
                .toList();
    }

    /** The last approved plan of a cluster. */
    Optional<ClusterPlan> plan(String change, ClusterName cluster) {
        return database.sql("select c.OBJECTS from MESHSPAN_PLAN p join MESHSPAN_PLAN_CLUSTER c on c.PLAN_ID = p.ID"
                        + " where c.CLUSTER_NAME = ? and" + APPROVED)
                .param(cluster.value())
                .param(change)
                .query(String.class)
                .optional()
                .map(json -> PlanJson.read(json, ClusterPlan.class));
    }
}

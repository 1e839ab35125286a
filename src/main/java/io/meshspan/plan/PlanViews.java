package io.meshspan.plan;

import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Recorded plans, for pages. */
@Component
public final class PlanViews {

    private static final String CLUSTERS =
            "select OBJECTS from MESHSPAN_PLAN_CLUSTER where PLAN_ID = ? order by CLUSTER_NAME";

    /** The plan of a cluster that was approved before another one replaced it. */
    private static final String APPROVED_BEFORE = """
            select c.OBJECTS from MESHSPAN_PLAN_CLUSTER c where c.CLUSTER_NAME = ? and c.PLAN_ID = (
                select max(p.ID) from MESHSPAN_PLAN p
                join MESHSPAN_PLAN_CLUSTER o on o.PLAN_ID = p.ID and o.CLUSTER_NAME = c.CLUSTER_NAME
                where p.CHANGE_ID = ? and p.ID < ?
                and exists (select 1 from MESHSPAN_PLAN_DECISION d where d.PLAN_ID = p.ID and d.APPROVED)
                and not exists (select 1 from MESHSPAN_PLAN_DECISION d where d.PLAN_ID = p.ID and not d.APPROVED))""";

    private final JdbcClient database;

    PlanViews(JdbcClient database) {
        this.database = database;
    }

    /** Empty if the change never presented a plan with that digest, or if it is deleted by now. */
    public Optional<PlanView> of(String change, String digest) {
        return database.sql("select ID, MESH from MESHSPAN_PLAN where CHANGE_ID = ? and DIGEST = ?"
                        + " order by ID desc fetch first 1 row only")
                .param(change)
                .param(digest)
                .query((row, number) -> view(change, digest, row.getLong("ID"), row.getString("MESH")))
                .optional();
    }

    private PlanView view(String change, String digest, long id, String mesh) {
        Plan plan = new Plan(
                PlanJson.read(mesh, Mesh.class),
                database.sql(CLUSTERS).param(id).query(String.class).list().stream()
                        .map(PlanViews::cluster)
                        .toList());
        List<ClusterPlan> approved = plan.clusters().stream()
                .flatMap(cluster -> approvedBefore(change, id, cluster).stream())
                .toList();
        return PlanView.of(digest, plan, approved.isEmpty() ? List.of() : PlanDifference.moved(approved, plan));
    }

    private Optional<ClusterPlan> approvedBefore(String change, long id, ClusterPlan now) {
        return database.sql(APPROVED_BEFORE)
                .param(now.member().cluster().value())
                .param(change)
                .param(id)
                .query(String.class)
                .optional()
                .map(PlanViews::cluster);
    }

    private static ClusterPlan cluster(String json) {
        return PlanJson.read(json, ClusterPlan.class);
    }
}

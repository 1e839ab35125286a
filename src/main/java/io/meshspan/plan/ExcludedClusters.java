package io.meshspan.plan;

import io.meshspan.audit.KeptWithRecords;
import io.meshspan.database.Utc;
import io.meshspan.mesh.ClusterName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores the excluded clusters of a change, in the transaction of the decision. Rows are only added, variables cannot change
 * them, and they are deleted with the records of the change.
 */
@Component
public final class ExcludedClusters implements KeptWithRecords {

    private final JdbcClient database;

    ExcludedClusters(JdbcClient database) {
        this.database = database;
    }

    /** Two decisions at the same time wait for each other, so that each sees the remaining clusters. */
    public void oneAtATime(String change) {
        var unused = database.sql("select CHANGE_ID from MESHSPAN_CHANGE where CHANGE_ID = ? for update")
                .param(change)
                .query(String.class)
                .optional();
    }

    public void add(String change, ClusterName cluster, Instant at) {
        database.sql("insert into MESHSPAN_LEFT_OUT (CHANGE_ID, CLUSTER_NAME, AT) values (?, ?, ?)")
                .param(change)
                .param(cluster.value())
                .param(Utc.of(at))
                .update();
    }

    /** In the order of the decisions. */
    List<ClusterName> of(String change) {
        return database.sql("select CLUSTER_NAME from MESHSPAN_LEFT_OUT where CHANGE_ID = ? order by AT, CLUSTER_NAME")
                .param(change)
                .query((row, number) -> new ClusterName(row.getString(1)))
                .list();
    }

    @Override
    public void forget(String change) {
        database.sql("delete from MESHSPAN_LEFT_OUT where CHANGE_ID = ?")
                .param(change)
                .update();
    }

    public Set<ClusterName> names(String change) {
        return Set.copyOf(of(change));
    }
}

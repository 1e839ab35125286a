package io.meshspan.lease;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshId;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The clusters that the changes of this database hold; written in the transaction of the step. */
@Component
public final class HeldLeases {

    private final JdbcClient database;

    HeldLeases(JdbcClient database) {
        this.database = database;
    }

    void add(Holder holder, Collection<ClusterName> clusters) {
        var unused = forget(holder.change());
        clusters.forEach(
                cluster -> database.sql("insert into MESHSPAN_LEASE (CHANGE_ID, MESH, CLUSTER_NAME) values (?, ?, ?)")
                        .param(holder.change())
                        .param(holder.mesh().value())
                        .param(cluster.value())
                        .update());
    }

    public int forget(String change) {
        return database.sql("delete from MESHSPAN_LEASE where CHANGE_ID = ?")
                .param(change)
                .update();
    }

    void forget(String change, ClusterName cluster) {
        database.sql("delete from MESHSPAN_LEASE where CHANGE_ID = ? and CLUSTER_NAME = ?")
                .param(change)
                .param(cluster.value())
                .update();
    }

    public List<Holder> holders() {
        return database.sql("select distinct MESH, CHANGE_ID from MESHSPAN_LEASE")
                .query((row, number) -> new Holder(new MeshId(row.getString(1)), row.getString(2)))
                .list();
    }

    public List<ClusterName> of(String change) {
        return database.sql("select CLUSTER_NAME from MESHSPAN_LEASE where CHANGE_ID = ? order by CLUSTER_NAME")
                .param(change)
                .query((row, number) -> new ClusterName(row.getString(1)))
                .list();
    }
}

package io.meshspan.process.engine.node;

import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The locks of the jobs that this node executes. */
@Component
final class JobLocks {

    private final NodeProperties node;
    private final NodeId id;
    private final RunningJobs running;
    private final JdbcClient database;

    JobLocks(NodeProperties node, NodeId id, RunningJobs running, JdbcClient database) {
        this.node = node;
        this.id = id;
        this.running = running;
        this.database = database;
    }

    /** The rows keep their revision: nothing changes for the steps that are under way. */
    void prolong() {
        running.ids().forEach(this::prolong);
    }

    private void prolong(String job) {
        Timestamp end = Timestamp.from(
                ClockUtil.getCurrentTime().toInstant().plus(node.takeOver()).truncatedTo(ChronoUnit.MILLIS));
        int prolonged = database.sql("update ACT_RU_JOB set LOCK_EXP_TIME_ = ? where ID_ = ? and LOCK_OWNER_ = ?")
                .params(end, job, id.toString())
                .update();
        if (prolonged > 0) {
            running.prolonged(job, end);
        }
    }
}

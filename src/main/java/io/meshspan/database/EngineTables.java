package io.meshspan.database;

/**
 * All statements on the engine's own tables. The tables are not a public interface of the engine: check this class first
 * after an update of the engine. The statements read what no query of the engine returns, or what a query returns only in
 * one call for each item. They write only locks of jobs.
 */
public final class EngineTables {

    /** The prefix of all table names. */
    public static final String PREFIX = "ACT_";

    /** Releases the jobs of a node that no longer runs them. */
    public static final String FREE_JOBS =
            "update ACT_RU_JOB set LOCK_OWNER_ = null, LOCK_EXP_TIME_ = null where LOCK_OWNER_ = ?";

    /** Whether there is such a job. */
    public static final String JOB = "select ID_ from ACT_RU_JOB where ID_ = ?";

    /** The jobs of a change that are being executed, have failed, or have no attempt left. */
    public static final String ACTIVE_JOBS = """
            select J.ID_, J.EXCEPTION_MSG_, J.RETRIES_, J.DUEDATE_, J.PROCESS_DEF_KEY_, J.PROCESS_DEF_ID_,
                   J.PROCESS_INSTANCE_ID_, D.ACT_ID_, J.CREATE_TIME_, J.LOCK_OWNER_, I.INCIDENT_TIMESTAMP_
            from ACT_RU_JOB J
            join ACT_RU_EXECUTION E on E.ID_ = J.PROCESS_INSTANCE_ID_
            join ACT_RU_JOBDEF D on D.ID_ = J.JOB_DEF_ID_
            left join ACT_RU_INCIDENT I on I.CONFIGURATION_ = J.ID_ and I.INCIDENT_TYPE_ = 'failedJob'
            where E.ROOT_PROC_INST_ID_ = ?
            and (J.EXCEPTION_MSG_ is not null or J.RETRIES_ = 0 or J.TYPE_ = 'message' and J.LOCK_OWNER_ is not null)""";

    /** The groups that the open tasks of a change ask. */
    public static final String CANDIDATE_GROUPS = """
            select L.TASK_ID_, L.GROUP_ID_ from ACT_RU_IDENTITYLINK L
            join ACT_RU_TASK T on T.ID_ = L.TASK_ID_
            join ACT_RU_EXECUTION E on E.ID_ = T.PROC_INST_ID_
            where E.ROOT_PROC_INST_ID_ = ? and L.TYPE_ = 'candidate' and L.GROUP_ID_ is not null
            order by L.GROUP_ID_""";

    /** The open tasks of several changes, with the people and groups that they ask. */
    public static final String TASKS_OF_CHANGES = """
            select E.ROOT_PROC_INST_ID_, T.ID_, T.NAME_, T.ASSIGNEE_, T.PROC_DEF_ID_, T.TASK_DEF_KEY_, L.GROUP_ID_
            from ACT_RU_TASK T
            join ACT_RU_EXECUTION E on E.ID_ = T.PROC_INST_ID_
            left join ACT_RU_IDENTITYLINK L on L.TASK_ID_ = T.ID_ and L.TYPE_ = 'candidate'
            where E.ROOT_PROC_INST_ID_ in (:changes)""";

    /** Steps of several changes that are due, or have failed. */
    public static final String JOBS_OF_CHANGES = """
            select E.ROOT_PROC_INST_ID_, J.RETRIES_, J.EXCEPTION_MSG_, J.LOCK_OWNER_, J.PROCESS_DEF_ID_, D.ACT_ID_
            from ACT_RU_JOB J
            join ACT_RU_EXECUTION E on E.ID_ = J.PROCESS_INSTANCE_ID_
            join ACT_RU_JOBDEF D on D.ID_ = J.JOB_DEF_ID_
            where E.ROOT_PROC_INST_ID_ in (:changes)
            and (J.TYPE_ = 'message' or J.RETRIES_ = 0 or J.EXCEPTION_MSG_ is not null)""";

    /** What several changes wait for. */
    public static final String WAITS_OF_CHANGES = """
            select E.ROOT_PROC_INST_ID_, W.TEXT_ as AWAITED, C.TEXT_ as KIND_OF_WAIT
            from ACT_RU_EVENT_SUBSCR S
            join ACT_RU_EXECUTION E on E.ID_ = S.PROC_INST_ID_
            left join ACT_RU_VARIABLE W on W.PROC_INST_ID_ = S.PROC_INST_ID_ and W.NAME_ = '%s'
            left join ACT_RU_VARIABLE C on C.PROC_INST_ID_ = S.PROC_INST_ID_ and C.NAME_ = '%s'
            where E.ROOT_PROC_INST_ID_ in (:changes) and S.EVENT_NAME_ in ('%s', '%s')""";

    /** The suspended changes among several. */
    public static final String SUSPENDED_CHANGES =
            "select E.ID_ as ROOT_PROC_INST_ID_ from ACT_RU_EXECUTION E where E.ID_ in (:changes) and E.SUSPENSION_STATE_ = 2";

    /** Variables of a change and of all processes that it called, selected by name. */
    public static final String VARIABLES =
            "select * from ACT_HI_VARINST where ROOT_PROC_INST_ID_ = #{root} and NAME_ in ('%s')";

    /** The open tasks of a change and of all processes that it called, the oldest first. */
    public static final String OPEN_TASKS =
            "select T.* from ACT_RU_TASK T join ACT_RU_EXECUTION E on T.PROC_INST_ID_ = E.ID_"
                    + " where E.ROOT_PROC_INST_ID_ = #{root} order by T.CREATE_TIME_";

    /** The open tasks of a change and of all processes that it called, from the history. */
    public static final String UNFINISHED_TASKS =
            "select * from ACT_HI_TASKINST where ROOT_PROC_INST_ID_ = #{root} and END_TIME_ is null";

    /** The running activities of a change and of all processes that it called, from the history. */
    public static final String UNFINISHED_ACTIVITIES =
            "select * from ACT_HI_ACTINST where ROOT_PROC_INST_ID_ = #{root} and END_TIME_ is null";

    /** The running processes that a change has called. */
    public static final String UNFINISHED_PROCESSES =
            "select * from ACT_HI_PROCINST where ROOT_PROC_INST_ID_ = #{root} and END_TIME_ is null";

    /** The number of clusters that have finished a step that runs once for each cluster. */
    public static final String STAGES = """
            select ONE.ACT_NAME_ as STEP, count(ONE.END_TIME_) as DONE, count(*) as ALL_OF_THEM
            from ACT_HI_ACTINST BODY
            join ACT_HI_ACTINST ONE on ONE.PARENT_ACT_INST_ID_ = BODY.ID_
            where BODY.ROOT_PROC_INST_ID_ = ? and BODY.ACT_TYPE_ = 'multiInstanceBody' and BODY.END_TIME_ is null
            group by BODY.ID_, ONE.ACT_NAME_""";

    /** The open tasks of all changes, with the time of the timer beside each. */
    public static final String ALL_OPEN_TASKS = """
            select T.ID_, T.NAME_, T.PROC_DEF_ID_, T.TASK_DEF_KEY_, T.CREATE_TIME_, E.ROOT_PROC_INST_ID_,
                   (select min(J.DUEDATE_) from ACT_RU_JOB J
                    where J.PROCESS_INSTANCE_ID_ = T.PROC_INST_ID_ and J.TYPE_ = 'timer') as EXPIRES
            from ACT_RU_TASK T join ACT_RU_EXECUTION E on E.ID_ = T.PROC_INST_ID_""";

    /** The number of jobs in each state. */
    public static final String JOB_STATES = """
            select STATE, count(*) as NUMBER_OF from (
                select case when RETRIES_ = 0 then 'exhausted'
                            when LOCK_OWNER_ is not null then 'locked'
                            when EXCEPTION_MSG_ is not null then 'retrying'
                            when DUEDATE_ > :now then 'timer'
                            else 'due' end as STATE
                from ACT_RU_JOB where SUSPENSION_STATE_ = 1) J
            group by STATE""";

    /** The number of open incidents; callers of a failed process get one each, and only the first one counts. */
    public static final String OPEN_INCIDENTS =
            "select count(*) from ACT_RU_INCIDENT where ID_ = ROOT_CAUSE_INCIDENT_ID_";

    /** What the waits are for that have not ended. */
    public static final String OPEN_WAITS = """
            select C.TEXT_ as KIND_OF_WAIT, count(distinct S.PROC_INST_ID_) as NUMBER_OF
            from ACT_RU_EVENT_SUBSCR S
            join ACT_RU_VARIABLE C on C.PROC_INST_ID_ = S.PROC_INST_ID_ and C.NAME_ = 'condition'
            where S.EVENT_NAME_ = 'ConditionMet'
            group by C.TEXT_""";

    private EngineTables() {}
}

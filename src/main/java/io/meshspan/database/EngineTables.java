package io.meshspan.database;

/**
 * Every statement over the engine's own tables. They are no interface of the engine: whoever updates it looks here first.
 * They read what no query of the engine tells, or tells in one call for each of many; only locks of jobs are written.
 */
public final class EngineTables {

    /** With which the names of all of them begin. */
    public static final String PREFIX = "ACT_";

    /** Of a node that runs them no more. */
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

    /** Whom the open tasks of a change ask. */
    public static final String CANDIDATE_GROUPS = """
            select L.TASK_ID_, L.GROUP_ID_ from ACT_RU_IDENTITYLINK L
            join ACT_RU_TASK T on T.ID_ = L.TASK_ID_
            join ACT_RU_EXECUTION E on E.ID_ = T.PROC_INST_ID_
            where E.ROOT_PROC_INST_ID_ = ? and L.TYPE_ = 'candidate' and L.GROUP_ID_ is not null
            order by L.GROUP_ID_""";

    /** The open tasks of several changes, with whom they ask. */
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

    /** Those of several changes that somebody suspended. */
    public static final String SUSPENDED_CHANGES =
            "select E.ID_ as ROOT_PROC_INST_ID_ from ACT_RU_EXECUTION E where E.ID_ in (:changes) and E.SUSPENSION_STATE_ = 2";

    /** Of a change and of all that it called, by their names. */
    public static final String VARIABLES =
            "select * from ACT_HI_VARINST where ROOT_PROC_INST_ID_ = #{root} and NAME_ in ('%s')";

    /** Of a change and of all that it called, the oldest first. */
    public static final String OPEN_TASKS =
            "select T.* from ACT_RU_TASK T join ACT_RU_EXECUTION E on T.PROC_INST_ID_ = E.ID_"
                    + " where E.ROOT_PROC_INST_ID_ = #{root} order by T.CREATE_TIME_";

    /** Of a change and of all that it called, by the history. */
    public static final String UNFINISHED_TASKS =
            "select * from ACT_HI_TASKINST where ROOT_PROC_INST_ID_ = #{root} and END_TIME_ is null";

    /** Of a change and of all that it called, by the history. */
    public static final String UNFINISHED_ACTIVITIES =
            "select * from ACT_HI_ACTINST where ROOT_PROC_INST_ID_ = #{root} and END_TIME_ is null";

    /** The processes that a change has called and that still run. */
    public static final String UNFINISHED_PROCESSES =
            "select * from ACT_HI_PROCINST where ROOT_PROC_INST_ID_ = #{root} and END_TIME_ is null";

    /** How many clusters are through with a step that all of them take at a time. */
    public static final String STAGES = """
            select ONE.ACT_NAME_ as STEP, count(ONE.END_TIME_) as DONE, count(*) as ALL_OF_THEM
            from ACT_HI_ACTINST BODY
            join ACT_HI_ACTINST ONE on ONE.PARENT_ACT_INST_ID_ = BODY.ID_
            where BODY.ROOT_PROC_INST_ID_ = ? and BODY.ACT_TYPE_ = 'multiInstanceBody' and BODY.END_TIME_ is null
            group by BODY.ID_, ONE.ACT_NAME_""";

    private EngineTables() {}
}

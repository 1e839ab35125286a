-- The plans that were put before people, and what they decided; rows are only ever added.
create table MESHSPAN_PLAN (
    ID          bigint generated always as identity primary key,
    AT          timestamp    not null,
    CHANGE_ID   varchar(64)  not null,
    INSTANCE_ID varchar(64)  not null,
    DIGEST      varchar(128) not null,
    SUMMARY     varchar(512) not null,
    MESH        text         not null,
    SHOWN       text         not null
);
create index MESHSPAN_PLAN_CHANGE on MESHSPAN_PLAN (CHANGE_ID);
create index MESHSPAN_PLAN_INSTANCE on MESHSPAN_PLAN (INSTANCE_ID);

-- What the plan would do in each cluster: every object, as JSON.
create table MESHSPAN_PLAN_CLUSTER (
    PLAN_ID      bigint      not null references MESHSPAN_PLAN (ID),
    CLUSTER_NAME varchar(63) not null,
    OBJECTS      text        not null,
    primary key (PLAN_ID, CLUSTER_NAME)
);

create table MESHSPAN_PLAN_DECISION (
    ID       bigint generated always as identity primary key,
    PLAN_ID  bigint       not null references MESHSPAN_PLAN (ID),
    AT       timestamp    not null,
    ACTOR    varchar(255) not null,
    APPROVED boolean      not null
);
create index MESHSPAN_PLAN_DECISION_PLAN on MESHSPAN_PLAN_DECISION (PLAN_ID);

-- What happened in each change; rows are only ever added.
create table MESHSPAN_AUDIT (
    ID           bigint generated always as identity primary key,
    AT           timestamp     not null,
    CHANGE_ID    varchar(64)   not null,
    MESH         varchar(63)   not null,
    STEP         varchar(255)  not null,
    ACTOR        varchar(255),
    CLUSTER_NAME varchar(63),
    WHAT         varchar(512)  not null,
    RESULT       varchar(64)   not null,
    DETAIL       varchar(4000)
);
create index MESHSPAN_AUDIT_CHANGE on MESHSPAN_AUDIT (CHANGE_ID);
create index MESHSPAN_AUDIT_CLUSTER on MESHSPAN_AUDIT (CLUSTER_NAME);

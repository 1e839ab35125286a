-- The last check of each declared mesh against its clusters. One row a mesh.
create table MESHSPAN_DRIFT (
    MESH          varchar(63) not null,
    CHECKED_AT    timestamp   not null,
    TOOK_MS       bigint      not null,
    OPEN_ITEMS    integer     not null,
    SETTLED_ITEMS integer     not null,
    PROBLEM       varchar(4000),
    REPORT        text        not null,
    primary key (MESH)
);
-- What people decided on a difference. It is told again when IGNORED_UNTIL has passed; never if that is null, as long as it is the same.
create table MESHSPAN_DRIFT_DECISION (
    MESH      varchar(63)   not null,
    ITEM      varchar(64)   not null,
    IGNORED_UNTIL timestamp,
    CHANGE_ID varchar(64)   not null,
    PERSON    varchar(255)  not null,
    REASON    varchar(4000) not null,
    AT        timestamp     not null,
    primary key (MESH, ITEM)
);
create index MESHSPAN_DRIFT_DECISION_CHANGE on MESHSPAN_DRIFT_DECISION (CHANGE_ID);

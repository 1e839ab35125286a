-- Every verification of a mesh: on the schedule, as a change of its own, and at the end of other changes. The newest runs of each mesh.
create table MESHSPAN_VERIFICATION (
    ID           bigint      generated always as identity,
    MESH         varchar(63) not null,
    AT           timestamp   not null,
    RESULT       varchar(16) not null,
    ORIGIN       varchar(64) not null,
    CHANGE_ID    varchar(64),
    REASON       varchar(4000),
    CALLS        integer     not null,
    FAILED_CALLS integer     not null,
    primary key (ID)
);
create index MESHSPAN_VERIFICATION_MESH on MESHSPAN_VERIFICATION (MESH, ID);
create index MESHSPAN_VERIFICATION_CHANGE on MESHSPAN_VERIFICATION (CHANGE_ID);
-- The calls of one run from one cluster to another. Times are in microseconds; null if no call was answered, or none was timed.
create table MESHSPAN_VERIFICATION_PAIR (
    RUN_ID       bigint      not null,
    SOURCE       varchar(63) not null,
    TARGET       varchar(63) not null,
    SUCCEEDED    boolean     not null,
    REASON       varchar(1000),
    CALLS        integer     not null,
    ANSWERS      integer     not null,
    FAILED_CALLS integer     not null,
    MEDIAN_US    bigint,
    SLOWEST_US   bigint,
    primary key (RUN_ID, SOURCE, TARGET),
    foreign key (RUN_ID) references MESHSPAN_VERIFICATION (ID) on delete cascade
);

-- Steps that may be writing to clusters at this moment, or did so without an answer a moment ago; each row goes when nothing
-- of its step can be written any more. SIGNS grows while its node lives; no time is compared between machines.
create table MESHSPAN_STEP_IN_FLIGHT (
    ID           varchar(64)  primary key,
    CHANGE_ID    varchar(64)  not null,
    STEP         varchar(255) not null,
    CLUSTER_NAME varchar(63),
    NODE         varchar(255) not null,
    BEGUN_AT     timestamp    not null,
    SIGNS        bigint       default 0     not null,
    ENDED        boolean      default false not null
);
create index MESHSPAN_STEP_IN_FLIGHT_CHANGE on MESHSPAN_STEP_IN_FLIGHT (CHANGE_ID);

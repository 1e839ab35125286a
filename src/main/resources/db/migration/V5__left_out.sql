-- Without which clusters a change goes on; rows are only ever added. Who decided that, and why, is among the records.
create table MESHSPAN_LEFT_OUT (
    CHANGE_ID    varchar(64) not null,
    CLUSTER_NAME varchar(63) not null,
    AT           timestamp   not null,
    primary key (CHANGE_ID, CLUSTER_NAME)
);

-- Which change holds which cluster, for the renewals of the Leases there; rows go when the change ends.
create table MESHSPAN_LEASE (
    CHANGE_ID    varchar(64) not null,
    MESH         varchar(63) not null,
    CLUSTER_NAME varchar(63) not null,
    RENEWED_AT   timestamp   not null,
    primary key (CHANGE_ID, CLUSTER_NAME)
);

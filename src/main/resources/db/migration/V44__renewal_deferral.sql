-- Who put off the renewal of a credential, and at how many days before its end. It counts for that end alone.
create table MESHSPAN_RENEWAL_DEFERRAL (
    MESH       varchar(63)   not null,
    CREDENTIAL varchar(32)   not null,
    ENDS_AT    timestamp     not null,
    DAYS_AHEAD integer       not null,
    CHANGE_ID  varchar(64)   not null,
    PERSON     varchar(255)  not null,
    REASON     varchar(4000) not null,
    AT         timestamp     not null,
    primary key (MESH, CREDENTIAL)
);
create index MESHSPAN_RENEWAL_DEFERRAL_CHANGE on MESHSPAN_RENEWAL_DEFERRAL (CHANGE_ID);

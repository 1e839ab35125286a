-- Each record carries a hash over its content and the hash before it; records of earlier days have none.
alter table MESHSPAN_AUDIT alter column DETAIL set data type text;
alter table MESHSPAN_AUDIT add column SEQ bigint default 0 not null;
alter table MESHSPAN_AUDIT add column KIND varchar(32) default 'NOTE' not null;
alter table MESHSPAN_AUDIT add column DATA text;
alter table MESHSPAN_AUDIT add column HASH varchar(64) default '' not null;
update MESHSPAN_AUDIT set SEQ = -ID;
drop index MESHSPAN_AUDIT_CHANGE;
create unique index MESHSPAN_AUDIT_CHAIN on MESHSPAN_AUDIT (CHANGE_ID, SEQ);

-- How each change stands: what lists need, the end of its chain, and what is left of it when its records are deleted.
create table MESHSPAN_CHANGE (
    CHANGE_ID    varchar(64)  primary key,
    MESH         varchar(63)  not null,
    PROCESS      varchar(255) not null,
    REQUESTER    varchar(255),
    REASON       text,
    CLUSTERS     text         not null,
    STARTED_AT   timestamp    not null,
    ENDED_AT     timestamp,
    OUTCOME      varchar(255),
    RECORDS      bigint       not null,
    HEAD         varchar(64)  not null,
    SEAL         varchar(255),
    FORGOTTEN_AT timestamp
);
create index MESHSPAN_CHANGE_STARTED on MESHSPAN_CHANGE (STARTED_AT);

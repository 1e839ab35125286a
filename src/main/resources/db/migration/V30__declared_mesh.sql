-- Each mesh as the last verified change left it. Rows are only ever added: the highest version is the mesh as it is declared.
create table MESHSPAN_MESH (
    MESH         varchar(63)   not null,
    VERSION      integer       not null,
    AT           timestamp     not null,
    STATE        varchar(16)   not null,
    CHANGE_ID    varchar(64),
    ORIGIN       varchar(32)   not null,
    PERSON       varchar(255),
    NOTE         varchar(4000) not null,
    DECLARED     text          not null,
    ATTEMPTED    text,
    ROOTS        varchar(4000) not null,
    HELM_VALUES  text,
    primary key (MESH, VERSION)
);
create index MESHSPAN_MESH_CHANGE on MESHSPAN_MESH (CHANGE_ID);

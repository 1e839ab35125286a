-- The nodes that share this database. SIGNS grows while a node lives; no time is compared between machines. Whoever sees a
-- row unchanged for long takes it away, and gives what that node was working on to the others.
create table MESHSPAN_NODE (
    ID    varchar(255) primary key,
    SIGNS bigint       default 0 not null
);

-- What receivers are to be told, written in the transaction in which it happened. Rows stay for a month after they were told:
-- their ids keep the same thing from being told twice.
create table MESHSPAN_EVENT (
    ID        bigint generated always as identity primary key,
    EVENT_ID  varchar(255) not null,
    AT        timestamp    not null,
    TYPE      varchar(128) not null,
    ORDER_KEY varchar(255) not null,
    CONTENT   text         not null
);
create unique index MESHSPAN_EVENT_EVENT_ID on MESHSPAN_EVENT (EVENT_ID);
create index MESHSPAN_EVENT_AT on MESHSPAN_EVENT (AT);

-- One row for each receiver of an event that has not taken it yet, or was given up.
create table MESHSPAN_DELIVERY (
    EVENT     bigint       not null references MESHSPAN_EVENT (ID),
    RECEIVER  varchar(63)  not null,
    ORDER_KEY varchar(255) not null,
    ATTEMPTS  integer      default 0     not null,
    NEXT_AT   timestamp    not null,
    GIVEN_UP  boolean      default false not null,
    PROBLEM   varchar(255),
    primary key (EVENT, RECEIVER)
);
create index MESHSPAN_DELIVERY_NEXT on MESHSPAN_DELIVERY (RECEIVER, GIVEN_UP, EVENT);

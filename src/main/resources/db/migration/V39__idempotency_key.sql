-- Requests that carry a key, so that a request which is sent again starts nothing twice. CHANGE_ID is null while the first one
-- runs, or if its node died before the change began; CLAIM tells attempts apart. Rows go after a day.
create table MESHSPAN_IDEMPOTENCY_KEY (
    PERSON       varchar(255) not null,
    REQUEST_KEY  varchar(255) not null,
    REQUEST_HASH varchar(64)  not null,
    CLAIM        varchar(64)  not null,
    CLAIMED_AT   timestamp    not null,
    CHANGE_ID    varchar(64),
    primary key (PERSON, REQUEST_KEY)
);
create index MESHSPAN_IDEMPOTENCY_KEY_AGE on MESHSPAN_IDEMPOTENCY_KEY (CLAIMED_AT);

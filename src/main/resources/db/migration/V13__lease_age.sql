-- How old a Lease is each node judges by what it sees itself: a time that another node's clock wrote says nothing.
alter table MESHSPAN_LEASE drop column RENEWED_AT;

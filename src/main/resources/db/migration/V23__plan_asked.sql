-- What was asked for, as it is shown beside the plan to whoever decides; plans of earlier releases do not have it.
alter table MESHSPAN_PLAN add column ASKED text;

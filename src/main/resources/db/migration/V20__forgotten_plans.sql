-- Plans, and who decided on them, go with the records of their change; earlier releases kept them for ever.
delete from MESHSPAN_PLAN_DECISION where PLAN_ID in (
    select p.ID from MESHSPAN_PLAN p join MESHSPAN_CHANGE c on c.CHANGE_ID = p.CHANGE_ID where c.FORGOTTEN_AT is not null);
delete from MESHSPAN_PLAN_CLUSTER where PLAN_ID in (
    select p.ID from MESHSPAN_PLAN p join MESHSPAN_CHANGE c on c.CHANGE_ID = p.CHANGE_ID where c.FORGOTTEN_AT is not null);
delete from MESHSPAN_PLAN where CHANGE_ID in (select CHANGE_ID from MESHSPAN_CHANGE where FORGOTTEN_AT is not null);
delete from MESHSPAN_LEFT_OUT where CHANGE_ID in (select CHANGE_ID from MESHSPAN_CHANGE where FORGOTTEN_AT is not null);

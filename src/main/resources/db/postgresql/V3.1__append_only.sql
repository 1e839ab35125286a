-- Records are only ever added; those of a change may go together, once its row says that they are forgotten.
create function MESHSPAN_AUDIT_STAYS() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and exists (
            select 1 from MESHSPAN_CHANGE where CHANGE_ID = old.CHANGE_ID and FORGOTTEN_AT is not null) then
        return old;
    end if;
    raise exception 'records of changes are never altered or deleted (record % of change %)', old.SEQ, old.CHANGE_ID;
end $$;

create trigger MESHSPAN_AUDIT_STAYS before update or delete on MESHSPAN_AUDIT
    for each row execute function MESHSPAN_AUDIT_STAYS();

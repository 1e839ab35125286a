-- The source of trust that the last installation of a declared mesh used, as in meshspan.trust.source; unknown for earlier versions.
alter table MESHSPAN_MESH add TRUST varchar(32);

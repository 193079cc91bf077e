-- Since when what is kept of somebody is kept and not used otherwise (PIPL 44, GDPR 18); absent while it is used.
alter table directory.member add column restricted_at timestamptz;
create index member_restricted on directory.member (org_id, id) where restricted_at is not null;
-- When what stood in it was erased: of whoever had their data restricted then, it goes when it is used again.
alter table directory.field add column erased_at timestamptz;

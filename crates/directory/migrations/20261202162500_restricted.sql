-- Since when what is kept of somebody is kept and not used otherwise (PIPL 44, GDPR 18); absent while it is used.
alter table directory.member add column restricted_at timestamptz;
create index member_restricted on directory.member (org_id, id) where restricted_at is not null;

-- The directory knows who is let in again by calls.
alter table provisioning.link no force row level security;
select directory.let_in_by_calls(org_id, object_id, suspended_at) from provisioning.link
where kind = 'person' and suspended_at is not null;
alter table provisioning.link force row level security;
alter table provisioning.link drop column suspended_at;

-- When a call suspended the person, to compare with when they came to stand where they stand: whom somebody here has let in
-- and shut out since, no call lets in. Whom a call suspended before this column was there, an administrator lets in.
alter table provisioning.link add column suspended_at timestamptz;
alter table provisioning.link drop column is_suspended;

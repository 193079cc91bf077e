-- Consents have a crate and a schema of their own: this hands over what was given before, of all organisations.
alter table kernel.consent no force row level security;
create function kernel.past_consents() returns setof kernel.consent language sql as 'select * from kernel.consent';

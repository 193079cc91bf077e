-- Who ended it, where that was a person; and why: by hand, or because its maker was shut out.
alter table tokens.token add column ended_by uuid;
alter table tokens.token add column ended_why text check (ended_why in ('revoked', 'maker_shut_out'));

-- What somebody does to their own side of things, a draft or a mute, is told to their other windows and to nobody else.
alter table kernel.outbox add column is_audited boolean not null default true;
create index outbox_audited on kernel.outbox (org_id, pos) where is_audited;

-- Who talks to whom is not for the audit log: it leaves out the fields named here, and what was written before is cleared of
-- them, by the names of the events without their domains. Row security binds the owner too, so it is lifted for the length of
-- this migration.
alter table kernel.outbox add column audit_hides text not null default '';
alter table kernel.outbox no force row level security;
update kernel.outbox set audit_hides = 'members' where split_part(name, '.', 2) = 'conversation_created';
update kernel.outbox set audit_hides = 'added,removed' where split_part(name, '.', 2) = 'members_changed';
update kernel.outbox set is_audited = false
where split_part(name, '.', 2) in ('message_edited', 'message_recalled')
   or (split_part(name, '.', 2) = 'conversation_created' and jsonb_array_length(payload -> 'members') = 2);
alter table kernel.outbox force row level security;

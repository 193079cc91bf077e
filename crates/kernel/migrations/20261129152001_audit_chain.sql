-- The audit log has a table of its own: whom a line names stands in it under a pseudonym from the first, and every line is chained
-- to the one before. The outbox goes on saying to this program what happened, for a month.
alter table kernel.org_clock add column line bigint not null default 0;
-- The links of the newest commit; the last one is the head of the chain.
alter table kernel.org_clock add column links bytea[] not null default '{}';

-- The links of new lines: each is the hash of the link before, the number of the line and the keyed digest of what is stored in
-- it. Computed where the lock of the organisation's clock is held, in the statement that takes it.
create function kernel.linked(before bytea[], line bigint, digests bytea[]) returns bytea[] language plpgsql immutable as $$
declare
    head bytea := coalesce(before[array_upper(before, 1)], '');
    made bytea[] := '{}';
begin
    for n in 1 .. coalesce(array_length(digests, 1), 0) loop
        head := sha256(head || int8send(line + n) || digests[n]);
        made := made || head;
    end loop;
    return case when made = '{}' then before else made end;
end $$;

create table kernel.audit_entry (
    org_id      uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    line        bigint not null,
    id          uuid not null,
    at          timestamptz not null,
    actor_kind  text not null,
    actor       uuid,
    name        text not null,
    target_kind text,
    target      uuid,
    -- As it was written, byte by byte: jsonb would write it anew.
    data        text not null,
    code        text,
    rule        text,
    request_id  uuid,
    trace       bytea,
    link        bytea not null,
    constraint audit_entry_pkey primary key (org_id, line)
);
select kernel.owned_by_org('kernel.audit_entry');
create index audit_entry_at on kernel.audit_entry (org_id, at);
create index audit_entry_actor on kernel.audit_entry (org_id, actor, line) where actor is not null;
create index audit_entry_target on kernel.audit_entry (org_id, target, line) where target is not null;
create index audit_entry_name on kernel.audit_entry (org_id, name, line);
create index audit_entry_refused on kernel.audit_entry (org_id, line) where code is not null;

-- Who stands behind a pseudonym, while their key lives: what the vault says, kept so that a page need not ask it for everybody.
create table kernel.pseudonym (
    org_id    uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    pseudonym uuid not null,
    member_id uuid not null,
    constraint pseudonym_pkey primary key (org_id, pseudonym)
);
create index pseudonym_member on kernel.pseudonym (org_id, member_id);
select kernel.owned_by_org('kernel.pseudonym');

drop table kernel.refusal;
drop index kernel.outbox_audited;
alter table kernel.outbox drop column is_audited, drop column audit_hides;

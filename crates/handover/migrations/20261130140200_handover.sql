create schema handover;

-- What became of something that somebody had who is shut out: another has it now, or it stays as it is. Goes when they are
-- let in again.
create table handover.decision (
    org_id       uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    member_id    uuid not null,
    kind         text not null,
    thing_id     uuid not null,
    outcome      text not null check (outcome in ('done', 'skipped')),
    successor_id uuid,
    decided_by   uuid not null,
    decided_at   timestamptz not null,
    constraint decision_pkey primary key (org_id, member_id, kind, thing_id),
    constraint decision_successor check ((outcome = 'done') = (successor_id is not null))
);
select kernel.owned_by_org('handover.decision');

create schema verification;

-- Where an organisation stands with whoever runs the installation. What it says it is, and why it was refused, are sealed
-- under the organisation's key.
create table verification.request (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    state      text not null check (state in ('none', 'asked', 'verified', 'refused')),
    claim      bytea,
    reason     bytea,
    asked_at   timestamptz,
    decided_at timestamptz,
    constraint request_pkey primary key (org_id),
    check ((state = 'refused') = (reason is not null))
);
select kernel.owned_by_org('verification.request');

-- What the organisation shows for it, at most five. Name and bytes are sealed under a key of their own, which goes with it.
create table verification.document (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    name       bytea not null,
    media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
    size       integer not null check (size > 0),
    bytes      bytea not null,
    added_at   timestamptz not null,
    -- While somebody is to decide by it, when the request lapses.
    goes_at    timestamptz not null,
    constraint document_pkey primary key (org_id, id)
);
-- Sealed bytes do not get smaller.
alter table verification.document alter column bytes set storage external;
select kernel.owned_by_org('verification.document');

create schema peers;

-- A connection with another organisation of the installation, from the side of the one whose row it is: the other one has a
-- row of its own. Both are written in one transaction.
create table peers.connection (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    peer_id    uuid not null,
    -- What the other one was called in addresses when it was asked or asked: shown when nothing else can be read any more.
    slug       text not null,
    state      text not null check (state in ('asked', 'received', 'connected', 'declined')),
    -- Whom this side shows to the other, sealed under this side's key.
    contact    bytea,
    changed_at timestamptz not null,
    -- Which writing of it; also another one when it was gone in between.
    revision   bigint not null,
    constraint connection_pkey primary key (org_id, peer_id)
);
select kernel.owned_by_org('peers.connection');

-- Who may speak with peers; nobody, while nobody is listed. Everyone is nil.
create table peers.speaker (
    org_id         uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    principal_kind text not null check (principal_kind in ('everyone', 'department', 'people_group', 'member')),
    principal_id   uuid not null,
    constraint speaker_pkey primary key (org_id, principal_id)
);
select kernel.owned_by_org('peers.speaker');

-- Whoever changes the list changes all of it.
create table peers.speaker_list (
    org_id   uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    revision bigint not null,
    constraint speaker_list_pkey primary key (org_id)
);
select kernel.owned_by_org('peers.speaker_list');

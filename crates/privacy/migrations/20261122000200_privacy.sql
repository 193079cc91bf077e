create schema privacy;

-- Who accepted which version of the statement, and when (ACC-16, ORG-10, VER-04).
create table privacy.acceptance (
    org_id      uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id          uuid not null,
    member_id   uuid not null,
    version     text not null,
    language    text not null check (language in ('zh-CN', 'zh-TW', 'en')),
    accepted_at timestamptz not null,
    device      bytea not null,
    address     bytea not null,
    primary key (org_id, id),
    constraint acceptance_once unique (org_id, member_id, version)
);

-- What a person or the organisation has declared (ACC-18, ORG-10, ORG-11).
create table privacy.attestation (
    org_id      uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id          uuid not null,
    kind        text not null check (kind in ('adult', 'control', 'statement')),
    member_id   uuid not null,
    version     text not null,
    attested_at timestamptz not null,
    primary key (org_id, id),
    constraint attestation_once unique (org_id, kind, member_id, version)
);

select kernel.owned_by_org('privacy.acceptance');
select kernel.owned_by_org('privacy.attestation');

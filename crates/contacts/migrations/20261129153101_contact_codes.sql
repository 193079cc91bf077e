-- What one shows as a QR code (QR-01): the id inside a signed link that says nothing about its member. A new id ends all
-- links made of the one before.
create table contacts.code (
    org_id    uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    member_id uuid not null,
    id        uuid not null,
    made_at   timestamptz not null,
    constraint code_pkey primary key (org_id, member_id),
    constraint code_id_key unique (org_id, id)
);
select kernel.owned_by_org('contacts.code');

-- A password for one address book program: it opens CardDAV, read-only, and nothing else.
create table contacts.app_password (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    member_id  uuid not null,
    -- What the member calls the device, sealed under the member's key.
    name       bytea not null,
    -- The first part of the user name.
    handle     text not null,
    -- Keyed hash of the password, which has 99 bits and is shown once.
    hash       bytea not null,
    created_at timestamptz not null,
    -- To the hour.
    used_at    timestamptz,
    constraint app_password_pkey primary key (org_id, id),
    constraint app_password_handle_key unique (org_id, handle)
);
create index app_password_member on contacts.app_password (org_id, member_id);
select kernel.owned_by_org('contacts.app_password');

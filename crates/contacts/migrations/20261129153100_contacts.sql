create schema contacts;

-- Somebody outside whom a member knows: a customer or another external contact (DIR-05, DIR-12).
create table contacts.contact (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    owner_id   uuid not null,
    kind       text not null check (kind in ('external', 'customer')),
    -- Names, numbers, addresses, company, position and note, sealed under the owner's key.
    card       bytea not null,
    -- Goes up with every change, so that of two who change it at once the second learns of the first.
    revision   bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint contact_pkey primary key (org_id, id)
);
create index contact_owner on contacts.contact (org_id, owner_id);
select kernel.owned_by_org('contacts.contact');

-- Who besides the owner sees a contact: everybody (the id is nil) or a department with what lies below it.
create table contacts.share (
    org_id         uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    contact_id     uuid not null,
    principal_kind text not null check (principal_kind in ('everyone', 'department')),
    principal_id   uuid not null,
    constraint share_pkey primary key (org_id, contact_id, principal_id),
    constraint share_contact_fkey foreign key (org_id, contact_id)
        references contacts.contact (org_id, id) on delete cascade
);
create index share_principal on contacts.share (org_id, principal_id);
select kernel.owned_by_org('contacts.share');

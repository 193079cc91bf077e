create schema directory;

-- Installation: which organisations there are. What names people is sealed under the organisation's key.
create table directory.organisation (
    id                  uuid primary key,
    slug                text not null,
    names               bytea not null,
    contact             bytea not null,
    region              text not null,
    industry            text not null,
    time_zone           text not null,
    chat_retention_days integer not null default 90 check (chat_retention_days in (90, 180, 360, 720)),
    edit_window_s       integer not null default 900 check (edit_window_s between 0 and 86400),
    recall_window_s     integer not null default 120 check (recall_window_s between 0 and 86400),
    shows_presence      boolean not null default true,
    lets_edit_phone     boolean not null default true,
    lets_edit_email     boolean not null default true,
    state               text not null default 'active' check (state in ('active', 'dissolving', 'erased')),
    state_at            timestamptz not null,
    created_at          timestamptz not null,
    constraint organisation_slug_key unique (slug)
);
select kernel.owned_by_installation('directory.organisation');

-- Installation: which account is who in which organisation; sign-in reads it before any organisation is entered.
create table directory.membership (
    account_id uuid not null,
    org_id     uuid not null,
    member_id  uuid not null,
    created_at timestamptz not null,
    primary key (account_id, org_id),
    constraint membership_member_key unique (org_id, member_id)
);
select kernel.owned_by_installation('directory.membership');

-- Installation: phone numbers and e-mail addresses one can sign in with, as look-up codes only.
create table directory.handle (
    kind       text not null check (kind in ('phone', 'email')),
    hmac       bytea not null,
    account_id uuid not null,
    created_at timestamptz not null,
    primary key (kind, hmac)
);
create index handle_account on directory.handle (account_id, kind);
select kernel.owned_by_installation('directory.handle');

-- Installation: whose profile a handle comes from; without one left, the handle goes.
create table directory.handle_source (
    org_id    uuid not null,
    member_id uuid not null,
    kind      text not null,
    hmac      bytea not null,
    primary key (org_id, member_id, kind),
    foreign key (kind, hmac) references directory.handle on delete cascade
);
create index handle_source_handle on directory.handle_source (kind, hmac);
select kernel.owned_by_installation('directory.handle_source');

create table directory.member (
    org_id            uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id                uuid not null,
    account_id        uuid not null,
    role              text not null check (role in ('owner', 'administrator', 'member')),
    state             text not null
                      check (state in ('invited', 'active', 'suspended', 'disabled', 'leaving', 'erased')),
    state_at          timestamptz not null,
    joined_at         timestamptz not null,
    revision          bigint not null default 1,
    -- Sealed under the member's own key: without the key the look-up columns beside it say nothing either.
    profile           bytea,
    user_id_hmac      bytea,
    phone_hmac        bytea,
    email_hmac        bytea,
    staff_number_hmac bytea,
    primary key (org_id, id),
    constraint member_account_key unique (org_id, account_id),
    constraint member_user_id_key unique (org_id, user_id_hmac),
    constraint member_phone_key unique (org_id, phone_hmac),
    constraint member_email_key unique (org_id, email_hmac),
    constraint member_staff_number_key unique (org_id, staff_number_hmac)
);
create index member_role on directory.member (org_id, role) where role <> 'member';
select kernel.owned_by_org('directory.member');

create table directory.avatar (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    member_id  uuid not null,
    version    bigint not null,
    media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
    picture    bytea not null,
    primary key (org_id, member_id),
    foreign key (org_id, member_id) references directory.member on delete cascade
);
select kernel.owned_by_org('directory.avatar');

create table directory.department (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    parent_id  uuid,
    name       bytea not null,
    position   integer not null,
    created_at timestamptz not null,
    primary key (org_id, id),
    foreign key (org_id, parent_id) references directory.department
);
create index department_parent on directory.department (org_id, parent_id);
select kernel.owned_by_org('directory.department');

create table directory.department_member (
    org_id        uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    department_id uuid not null,
    member_id     uuid not null,
    position      integer not null,
    is_leader     boolean not null default false,
    primary key (org_id, department_id, member_id),
    foreign key (org_id, department_id) references directory.department,
    foreign key (org_id, member_id) references directory.member on delete cascade
);
create index department_member_member on directory.department_member (org_id, member_id);
select kernel.owned_by_org('directory.department_member');

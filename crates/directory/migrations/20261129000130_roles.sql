-- Roles that the organisation wrote; the built-in ones are in the program. What one is called is sealed.
create table directory.role (
    org_id      uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id          uuid not null,
    name        bytea not null,
    permissions text[] not null,
    created_at  timestamptz not null,
    primary key (org_id, id)
);
select kernel.owned_by_org('directory.role');

-- Who has which role, and for what: the whole organisation when no department is named.
create table directory.role_grant (
    org_id        uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id            uuid not null,
    member_id     uuid not null,
    role_id       uuid not null,
    department_id uuid,
    given_by      uuid,
    given_at      timestamptz not null,
    primary key (org_id, id),
    constraint role_grant_once unique nulls not distinct (org_id, member_id, role_id, department_id),
    foreign key (org_id, member_id) references directory.member on delete cascade,
    constraint role_grant_department foreign key (org_id, department_id) references directory.department
);
create index role_grant_role on directory.role_grant (org_id, role_id);
create index role_grant_department on directory.role_grant (org_id, department_id) where department_id is not null;
select kernel.owned_by_org('directory.role_grant');

-- Row security is forced, and this is the owner of the tables in no organisation: lifted for the one statement.
alter table directory.member no force row level security;
alter table directory.role_grant no force row level security;
insert into directory.role_grant (org_id, id, member_id, role_id, given_at)
select org_id, gen_random_uuid(), id,
       case role when 'owner' then '00000000-0000-7000-8000-000000000001'::uuid
                 else '00000000-0000-7000-8000-000000000002'::uuid end,
       joined_at
from directory.member where role <> 'member';
alter table directory.member force row level security;
alter table directory.role_grant force row level security;

-- Under which names a member may have been let in somewhere: departments with everything above them, and roles.
create table directory.principal (
    org_id       uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    member_id    uuid not null,
    principal_id uuid not null,
    kind         text not null check (kind in ('department', 'role')),
    primary key (org_id, member_id, principal_id),
    foreign key (org_id, member_id) references directory.member on delete cascade
);
create index principal_principal on directory.principal (org_id, principal_id, member_id);
select kernel.owned_by_org('directory.principal');

alter table directory.member no force row level security;
alter table directory.department no force row level security;
alter table directory.department_member no force row level security;
alter table directory.role_grant no force row level security;
alter table directory.principal no force row level security;
insert into directory.principal (org_id, member_id, principal_id, kind)
with recursive up as (
    select p.org_id, p.member_id, p.department_id from directory.department_member p
    union
    select up.org_id, up.member_id, d.parent_id from up
    join directory.department d on d.org_id = up.org_id and d.id = up.department_id
    where d.parent_id is not null)
select org_id, member_id, department_id, 'department' from up
union
select org_id, member_id, role_id, 'role' from directory.role_grant;
alter table directory.member force row level security;
alter table directory.department force row level security;
alter table directory.department_member force row level security;
alter table directory.role_grant force row level security;
alter table directory.principal force row level security;

-- An act that one alone does not do: it waits for a second, or, where there is none, for a day.
create table directory.sensitive_act (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    kind       text not null,
    about      uuid,
    params     bytea not null,
    needs      text not null check (needs in ('second', 'time')),
    state      text not null
               check (state in ('open', 'approved', 'done', 'refused', 'cancelled', 'lapsed', 'failed')),
    asked_by   uuid not null,
    asked_at   timestamptz not null,
    due_at     timestamptz not null,
    decided_by uuid,
    decided_at timestamptz,
    code       text,
    primary key (org_id, id)
);
create unique index sensitive_act_open on directory.sensitive_act (org_id, kind, about) nulls not distinct
    where state = 'open';
select kernel.owned_by_org('directory.sensitive_act');

-- Who typed their password again a moment ago, and where: sensitive acts ask for it.
create table directory.assurance (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    session_id uuid not null,
    member_id  uuid not null,
    proven_at  timestamptz not null,
    primary key (org_id, session_id)
);
select kernel.owned_by_org('directory.assurance');

-- What the organisation collects of people, who sees it and who changes it. Built-in fields stand here once somebody
-- decided about them; fields of the organisation's own making always do. What one is called is sealed.
create table directory.field (
    org_id       uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id           uuid not null,
    kind         text not null check (kind in ('text', 'number', 'date', 'choice', 'person', 'phone', 'link', 'picture')),
    definition   bytea,
    position     integer not null,
    is_collected boolean not null,
    seen_by      text[] not null,
    edited_by    text[] not null,
    is_masked    boolean not null default false,
    revision     bigint not null default 1,
    primary key (org_id, id)
);
select kernel.owned_by_org('directory.field');

-- Who looked at a masked value of whom: the person sees it.
create table directory.reveal (
    org_id      uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id          uuid not null,
    member_id   uuid not null,
    field_id    uuid not null,
    revealed_by uuid not null,
    revealed_at timestamptz not null,
    primary key (org_id, member_id, id),
    foreign key (org_id, member_id) references directory.member on delete cascade
);
create index reveal_revealed_at on directory.reveal (org_id, revealed_at);
select kernel.owned_by_org('directory.reveal');

-- Whether people change their own phone number and e-mail address is said by the field from now on.
alter table directory.field no force row level security;
insert into directory.field (org_id, id, kind, position, is_collected, seen_by, edited_by)
select id, '00000000-0000-7000-8000-000000000102'::uuid, 'phone', 2, true, '{everyone,administrators,oneself}'::text[],
       '{administrators}'::text[]
from directory.organisation where not lets_edit_phone
union all
select id, '00000000-0000-7000-8000-000000000103'::uuid, 'text', 3, true, '{everyone,administrators,oneself}'::text[],
       '{administrators}'::text[]
from directory.organisation where not lets_edit_email;
alter table directory.field force row level security;
alter table directory.organisation drop column lets_edit_phone, drop column lets_edit_email;

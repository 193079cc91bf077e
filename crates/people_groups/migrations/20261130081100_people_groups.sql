create schema people_groups;

-- A group of people: what it is called and what makes it is sealed. Who is in it stands in directory.principal.
create table people_groups.people_group (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    written    bytea not null,
    revision   bigint not null default 1,
    created_at timestamptz not null,
    constraint people_group_pkey primary key (org_id, id)
);
select kernel.owned_by_org('people_groups.people_group');

-- Whom somebody put into a group by hand.
create table people_groups.listed_member (
    org_id    uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    group_id  uuid not null,
    member_id uuid not null,
    constraint listed_member_pkey primary key (org_id, group_id, member_id),
    foreign key (org_id, group_id) references people_groups.people_group on delete cascade
);
create index listed_member_member on people_groups.listed_member (org_id, member_id);
select kernel.owned_by_org('people_groups.listed_member');

-- What a group names: a change of one of these can change who is in it, a change of nothing else can.
create table people_groups.named (
    org_id   uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    group_id uuid not null,
    named_id uuid not null,
    kind     text not null check (kind in ('field', 'department')),
    constraint named_pkey primary key (org_id, group_id, named_id),
    foreign key (org_id, group_id) references people_groups.people_group on delete cascade
);
create index named_named on people_groups.named (org_id, named_id);
select kernel.owned_by_org('people_groups.named');

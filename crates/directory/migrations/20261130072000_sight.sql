-- Who is not shown to everybody. People of a hidden department are seen by those who are in it and those who look after it;
-- a hidden person by those who look after them. What a department sees holds for everything below it that says nothing else.
alter table directory.member add column is_hidden boolean not null default false;
create index member_hidden on directory.member (org_id) where is_hidden;
alter table directory.department add column is_hidden boolean not null default false;
alter table directory.department add column sees text not null default 'inherit'
    check (sees in ('inherit', 'everyone', 'own'));
create index department_sight_said on directory.department (org_id) where is_hidden or sees <> 'inherit';

-- Which other departments a department sees that otherwise sees its own people only.
create table directory.department_sight (
    org_id        uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    department_id uuid not null,
    seen_id       uuid not null,
    primary key (org_id, department_id, seen_id),
    foreign key (org_id, department_id) references directory.department on delete cascade,
    foreign key (org_id, seen_id) references directory.department on delete cascade
);
create index department_sight_seen on directory.department_sight (org_id, seen_id);
select kernel.owned_by_org('directory.department_sight');

-- Which edition somebody changes, departments that are not in use any more, and leaders who are not in the department.
alter table directory.department add column revision bigint not null default 1;
alter table directory.department add column archived_at timestamptz;

create table directory.dotted_leader (
    org_id        uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    department_id uuid not null,
    member_id     uuid not null,
    primary key (org_id, department_id, member_id),
    foreign key (org_id, department_id) references directory.department on delete cascade,
    foreign key (org_id, member_id) references directory.member on delete cascade
);
create index dotted_leader_member on directory.dotted_leader (org_id, member_id);
select kernel.owned_by_org('directory.dotted_leader');

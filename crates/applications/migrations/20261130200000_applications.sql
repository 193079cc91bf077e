create schema applications;

-- What an organisation decided about an application. Without a row it is open to everybody.
create table applications.application (
    org_id         uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    key            text not null,
    open_to        text not null check (open_to in ('everybody', 'nobody', 'only', 'except')),
    -- With what lies below them; none unless `only` or `except`.
    department_ids uuid[] not null default '{}',
    revision       bigint not null,
    constraint application_pkey primary key (org_id, key)
);
select kernel.owned_by_org('applications.application');

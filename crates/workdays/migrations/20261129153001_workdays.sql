create schema workdays;

-- The working days of the week, Monday first, and the version of the whole table. Monday to Friday while there is no row.
create table workdays.calendar (
    org_id  uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    week    boolean[] not null check (array_length(week, 1) = 7 and true = any (week)),
    version bigint not null,
    constraint calendar_pkey primary key (org_id)
);
select kernel.owned_by_org('workdays.calendar');

-- Days on which the week does not hold.
create table workdays.special_day (
    org_id uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    day    date not null,
    kind   text not null check (kind in ('holiday', 'made_up')),
    name   text not null default '',
    constraint special_day_pkey primary key (org_id, day)
);
select kernel.owned_by_org('workdays.special_day');

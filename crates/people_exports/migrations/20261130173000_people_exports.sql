create schema people_exports;

-- Which people somebody may take away as a file, for a day; the file itself is nowhere.
create table people_exports.people_export (
    org_id   uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id       uuid not null,
    asked_by uuid not null,
    wanted   bytea not null,
    people   int not null,
    -- What it waits or waited for; none when one alone may.
    act_id   uuid,
    is_ready boolean not null,
    asked_at timestamptz not null,
    until    timestamptz not null,
    constraint people_export_pkey primary key (org_id, id)
);
create index people_export_asked_by on people_exports.people_export (org_id, asked_by, asked_at);
select kernel.owned_by_org('people_exports.people_export');

create schema personal_exports;

-- A copy of what there is of somebody, being written or ready to be taken, for a week.
create table personal_exports.personal_export (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    member_id  uuid not null,
    account_id uuid not null,
    language   text not null check (language in ('zh-CN', 'zh-TW', 'en')),
    state      text not null check (state in ('writing', 'ready', 'deleted')),
    -- Places of the data map up to this one are in it; of the next one what comes before the cursor is.
    done       text not null default '',
    cursor     text[] not null default '{}',
    -- How many records of each place.
    counts     jsonb not null default '{}',
    pieces     integer not null default 0,
    asked_at   timestamptz not null,
    ready_at   timestamptz,
    until      timestamptz not null,
    constraint personal_export_pkey primary key (org_id, id)
);
create index personal_export_member on personal_exports.personal_export (org_id, member_id, asked_at);
create index personal_export_until on personal_exports.personal_export (org_id, until);
select kernel.owned_by_org('personal_exports.personal_export');

-- What is written of it, in order, sealed under the member's key: it dies with them.
create table personal_exports.piece (
    org_id    uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    export_id uuid not null,
    path      text not null,
    n         integer not null,
    member_id uuid not null,
    id        uuid not null,
    sealed    bytea not null,
    constraint piece_pkey primary key (org_id, export_id, path, n),
    foreign key (org_id, export_id) references personal_exports.personal_export on delete cascade
);
create index piece_member on personal_exports.piece (org_id, member_id);
select kernel.owned_by_org('personal_exports.piece');

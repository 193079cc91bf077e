-- A list of people on its way in. Whatever it says of them is sealed under a key of its own, which goes with it: a day at most.
create table identity.import (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id         uuid not null,
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    state      text not null check (state in ('receiving', 'ready', 'queued', 'writing', 'done', 'failed')),
    code       text,
    done       integer not null default 0,
    total      integer not null default 0,
    staged     bytea,
    report     bytea,
    problems   bytea,
    -- Names and initial passwords, under another key, which goes when they were downloaded (ACC-06).
    result_id  uuid,
    result     bytea,
    primary key (org_id, id)
);

-- The files as they were uploaded, in pieces.
create table identity.import_piece (
    org_id    uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    import_id uuid not null,
    file      smallint not null,
    n         integer not null,
    bytes     bytea not null,
    primary key (org_id, import_id, file, n),
    foreign key (org_id, import_id) references identity.import on delete cascade
);

select kernel.owned_by_org('identity.import');
select kernel.owned_by_org('identity.import_piece');

create schema reality;

-- Installation: what stands otherwise than the data map says, by the last look; never what it says. Rows of an organisation are named
-- by it; what is everybody's, and columns, by the nil id.
create table reality.drift (
    org_id   uuid not null,
    place    text not null,                                    -- schema.table.column
    kind     text not null check (kind in ('undeclared', 'absent', 'unguarded', 'not_sealed', 'contact_in_clear', 'canary')),
    found    bigint not null,                                  -- values, or 1
    first_at timestamptz not null,
    last_at  timestamptz not null,
    constraint drift_pkey primary key (org_id, place, kind)
);
select kernel.owned_by_installation('reality.drift');

-- Installation: when that was, and how much was looked at.
create table reality.look (
    one     boolean not null default true check (one),
    at      timestamptz not null,
    places  integer not null,                                  -- columns that were looked into
    rows    bigint not null,
    skipped integer not null,                                  -- tables that took too long
    constraint look_pkey primary key (one)
);
select kernel.owned_by_installation('reality.look');

-- Installation: the organisation of people who do not exist. What they are called and say stands in clear nowhere.
create table reality.canary (
    one             boolean not null default true check (one),
    org_id          uuid not null,
    member_id       uuid not null,
    conversation_id uuid not null,
    said_at         timestamptz not null,
    constraint canary_pkey primary key (one)
);
select kernel.owned_by_installation('reality.canary');

-- What every domain stands on: the organisation boundary, the outbox, jobs, refusals, consents.
create schema kernel;

-- Puts a table inside the organisation boundary. The sub-select is evaluated once a statement; nullif, because a
-- setting that was local to an ended transaction reads as '' and not as null.
create function kernel.owned_by_org(target regclass) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy org on %s using (org_id = (select nullif(current_setting(''app.org'', true), '''')::uuid))', target);
    execute format('grant select, insert, update, delete on %s to tulou_app', target);
    perform kernel.usage_of(target);
end $$;

-- A table of the installation: no organisation owns its rows, and only SystemTx names it.
create function kernel.owned_by_installation(target regclass) returns void language plpgsql as $$
begin
    execute format('grant select, insert, update, delete on %s to tulou_app', target);
    perform kernel.usage_of(target);
end $$;

create function kernel.usage_of(target regclass) returns void language plpgsql as $$
begin
    execute format('grant usage on schema %I to tulou_app',
        (select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = target));
end $$;

-- The position of the newest event of an organisation. Its row lock lives until commit, hence order of pos = order of commit.
create table kernel.org_clock (
    org_id uuid primary key,
    pos    bigint not null
);
select kernel.owned_by_installation('kernel.org_clock');

create table kernel.outbox (
    org_id   uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    pos      bigint not null,
    id       uuid not null,
    name     text not null,
    audience jsonb not null,
    topics   jsonb,
    payload  jsonb not null,
    actor    jsonb not null,
    at       timestamptz not null,
    constraint outbox_pkey primary key (org_id, pos)
);
select kernel.owned_by_org('kernel.outbox');
create index outbox_at on kernel.outbox (org_id, at);

create table kernel.refusal (
    org_id    uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id        uuid not null,
    at        timestamptz not null,
    actor     jsonb not null,
    operation text not null,
    code      text not null,
    constraint refusal_pkey primary key (org_id, id)
);
select kernel.owned_by_org('kernel.refusal');

create table kernel.subscriber_cursor (
    org_id     uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    subscriber text not null,
    pos        bigint not null,
    failures   integer not null default 0,
    retry_at   timestamptz,
    constraint subscriber_cursor_pkey primary key (org_id, subscriber)
);
select kernel.owned_by_org('kernel.subscriber_cursor');

create table kernel.job (
    id           uuid primary key,
    name         text not null,
    org_id       uuid,
    payload      jsonb not null,
    class        text not null check (class in ('light', 'heavy')),
    state        text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
    run_at       timestamptz not null,
    slot         bigint,
    attempts     integer not null default 0,
    leased_by    uuid,
    leased_until timestamptz,
    error_code   text,
    created_at   timestamptz not null,
    finished_at  timestamptz,
    constraint job_slot unique (name, slot)
);
select kernel.owned_by_installation('kernel.job');
create index job_due on kernel.job (run_at) where state in ('queued', 'running');

create table kernel.idempotency (
    account_id   uuid not null,
    key          text not null check (length(key) between 1 and 128),
    request_hash bytea not null,
    status       integer,
    body         bytea,
    at           timestamptz not null,
    constraint idempotency_pkey primary key (account_id, key)
);
select kernel.owned_by_installation('kernel.idempotency');

create table kernel.consent (
    org_id       uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    id           uuid not null,
    member_id    uuid not null,
    purpose      text not null,
    text_version text not null,
    given_at     timestamptz not null,
    withdrawn_at timestamptz,
    constraint consent_pkey primary key (org_id, id)
);
select kernel.owned_by_org('kernel.consent');
create unique index consent_live on kernel.consent (org_id, member_id, purpose) where withdrawn_at is null;

-- What can be found, without a word of it: codes under the key of the day, which die with what they point to.
create schema search;

create table search.entry (
    org_id uuid        not null default nullif(current_setting('app.org', true), '')::uuid,
    scope  uuid        not null,                               -- whose readers may find it, e.g. a conversation
    kind   text        not null,                               -- whose it is, e.g. chat.message
    place  bigint      not null,                               -- its number in the scope
    at     timestamptz not null,                               -- newest first; its UTC day is that of the key
    ref    uuid        not null,                               -- what it is
    terms  integer[]   not null,                               -- codes of its words, and marks of who and where
    constraint entry_pkey primary key (org_id, scope, kind, place, at)
) partition by range (at);
-- A small pending list: every day of a question reads all of it.
create index entry_terms on search.entry using gin (terms) with (fastupdate = on, gin_pending_list_limit = 128);

-- The boundary is forced on everybody. `@>` is not leakproof, so that under a policy it would read the whole table
-- instead of the index: the owner alone passes, for the one function below, which asks for the organisation itself.
alter table search.entry enable row level security;
alter table search.entry force row level security;
create policy org on search.entry to tulou_app using (org_id = (select nullif(current_setting('app.org', true), '')::uuid));
create policy finder on search.entry for select to current_user using (true);
-- The application writes and forgets entries, and never reads their terms.
grant insert, delete on search.entry to tulou_app;
grant select (org_id, scope, kind, place, at, ref) on search.entry to tulou_app;
grant usage on schema search to tulou_app;

-- The newest `most` entries with all the terms of their day, day by day and no further than needed. `terms` holds `width`
-- codes for each day; `marks` are the same on all days. Conditions that an index other than that of the terms could
-- answer are written so that it cannot be taken: which one is better does not depend on statistics.
create function search.find(of_kind text, scopes uuid[], days integer[], terms integer[], width integer, marks integer[],
        since timestamptz, until timestamptz, before_at timestamptz, before_scope uuid, before_place bigint, most integer)
    returns table (scope uuid, place bigint, at timestamptz, ref uuid)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_indexscan = off as $$
declare
    org    uuid := nullif(current_setting('app.org', true), '')::uuid;
    found  integer := 0;
    more   integer;
    wanted integer[];
    opens  timestamptz;
    closes timestamptz;
begin
    for i in 1 .. coalesce(cardinality(days), 0) loop
        wanted := terms[(i - 1) * width + 1 : i * width] || marks;
        opens := greatest(to_timestamp(days[i]::double precision * 86400), since);
        closes := least(to_timestamp((days[i] + 1)::double precision * 86400), until);
        return query
            select e.scope, e.place, e.at, e.ref from search.entry e
            where e.terms @> wanted and e.at >= opens and e.at < closes
              and (e.org_id = org) is true and (e.kind = of_kind) is true and (e.scope = any (scopes)) is true
              and (before_at is null or (e.at, e.scope, e.place) < (before_at, before_scope, before_place)) is true
            order by e.at desc, e.scope desc, e.place desc limit most - found;
        get diagnostics more = row_count;
        found := found + more;
        exit when found >= most;
    end loop;
end $$;
revoke all on function search.find(text, uuid[], integer[], integer[], integer, integer[], timestamptz, timestamptz, timestamptz, uuid, bigint, integer) from public;
grant execute on function search.find(text, uuid[], integer[], integer[], integer, integer[], timestamptz, timestamptz, timestamptz, uuid, bigint, integer) to tulou_app;

-- Months are made ahead, and dropped once nothing is left in them; see chat.ensure_partitions.
create function search.ensure_partitions(today date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
declare
    start date;
    name text;
begin
    for start in select date_trunc('month', today)::date + make_interval(months => m) from generate_series(-1, 3) m loop
        name := 'entry_' || to_char(start, 'YYYYMM');
        if to_regclass('search.' || name) is null then
            execute format('create table search.%I partition of search.entry for values from (%L) to (%L)',
                name, start::text || ' 00:00:00+00', (start + interval '1 month')::date::text || ' 00:00:00+00');
        end if;
    end loop;
end $$;
revoke all on function search.ensure_partitions(date) from public;
grant execute on function search.ensure_partitions(date) to tulou_app;

create function search.drop_past_months(today date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
declare
    name text;
    is_used boolean;
begin
    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'search.entry'::regclass and c.relname ~ '^entry_[0-9]{6}$'
          and to_date(substr(c.relname, 7), 'YYYYMM') + interval '1 month' <= today - 90
        order by c.relname
    loop
        execute format('select exists (select from search.%I)', name) into is_used;
        if not is_used then
            execute format('drop table search.%I', name);
        end if;
    end loop;
end $$;
revoke all on function search.drop_past_months(date) from public;
grant execute on function search.drop_past_months(date) to tulou_app;

do $$
declare
    start date;
begin
    for start in select generate_series(date '2026-01-01', date '2028-12-01', interval '1 month')::date loop
        execute format('create table search.%I partition of search.entry for values from (%L) to (%L)',
            'entry_' || to_char(start, 'YYYYMM'), start::text || ' 00:00:00+00', (start + interval '1 month')::date::text || ' 00:00:00+00');
    end loop;
end $$;
create table search.entry_other partition of search.entry default;
select search.ensure_partitions((now() at time zone 'utc')::date);

-- What somebody searched for last: the newest twenty.
create table search.word (
    org_id    uuid        not null default nullif(current_setting('app.org', true), '')::uuid,
    member_id uuid        not null,
    id        uuid        not null,
    text      bytea       not null,                            -- sealed under the member
    used_at   timestamptz not null,
    constraint word_pkey primary key (org_id, member_id, id)
);
select kernel.owned_by_org('search.word');

-- Members who do not want their words kept.
create table search.refusal (
    org_id    uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    member_id uuid not null,
    constraint refusal_pkey primary key (org_id, member_id)
);
select kernel.owned_by_org('search.refusal');

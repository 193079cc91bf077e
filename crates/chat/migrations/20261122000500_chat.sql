-- Conversations, who is in them, and what was said.
-- Nothing on what changes with every message is indexed (fillfactor 50: such updates stay on their page).
create schema chat;

create table chat.conversation (
    org_id       uuid        not null default nullif(current_setting('app.org', true), '')::uuid,
    id           uuid        not null,
    kind         text        not null check (kind in ('direct', 'group')),
    name         bytea,                                        -- sealed; a direct conversation has none
    history      text        not null check (history in ('joining', 'all')),
    member_count integer     not null default 0,               -- counted again at every change of membership
    created_at   timestamptz not null,
    dissolved_at timestamptz,
    last_seq     bigint      not null default 0,               -- counts everything
    last_n       bigint      not null default 0,               -- counts what can be unread
    last_at      timestamptz not null,                         -- sent_at of the last message
    expired_seq  bigint      not null default 0,               -- up to here messages are past the time they are kept
    expired_n    bigint      not null default 0,
    constraint conversation_pkey primary key (org_id, id)
) with (fillfactor = 50);
select kernel.owned_by_org('chat.conversation');

create table chat.member (
    org_id          uuid        not null default nullif(current_setting('app.org', true), '')::uuid,
    conversation_id uuid        not null,
    member_id       uuid        not null,
    role            text        not null check (role in ('owner', 'administrator', 'member')),
    joined_at       timestamptz not null,
    start_seq       bigint      not null,                      -- sees what comes after it
    start_n         bigint      not null,
    read_seq        bigint      not null default 0,
    read_n          bigint      not null default 0,
    hidden_seq      bigint      not null default -1,           -- hidden until something comes after it
    is_marked_unread boolean    not null default false,
    is_muted        boolean     not null default false,
    is_pinned       boolean     not null default false,
    changed_at      timestamptz not null,                      -- when the member last read, muted, pinned, …
    constraint member_pkey primary key (org_id, conversation_id, member_id)
) with (fillfactor = 50);
create index member_mine on chat.member (org_id, member_id, conversation_id);
select kernel.owned_by_org('chat.member');

-- The one direct conversation of two people.
create table chat.direct (
    org_id          uuid not null default nullif(current_setting('app.org', true), '')::uuid,
    low_id          uuid not null,
    high_id         uuid not null,
    conversation_id uuid not null,
    constraint direct_pkey primary key (org_id, low_id, high_id),
    constraint direct_in_order check (low_id < high_id)
);
select kernel.owned_by_org('chat.direct');

create table chat.message (
    org_id          uuid        not null default nullif(current_setting('app.org', true), '')::uuid,
    conversation_id uuid        not null,
    seq             bigint      not null,
    sent_at         timestamptz not null,
    n               bigint      not null,
    id              uuid        not null,
    author_id       uuid        not null,
    state           text        not null default 'sent' check (state in ('sent', 'edited', 'recalled', 'removed')),
    edited_at       timestamptz,
    body            bytea,                                     -- sealed; gone once recalled or removed
    constraint message_pkey primary key (org_id, conversation_id, seq, sent_at)
) partition by range (sent_at);
select kernel.owned_by_org('chat.message');

-- What the writer has accepted under which id of the client, so that a repeated send is the same message.
-- The day is that of the client's id, not the clock's: a retry across midnight finds it.
create table chat.sent (
    org_id          uuid   not null default nullif(current_setting('app.org', true), '')::uuid,
    author_id       uuid   not null,
    client_id       uuid   not null,
    day             date   not null,
    conversation_id uuid   not null,
    seq             bigint not null,
    constraint sent_pkey primary key (org_id, author_id, client_id, day)
) partition by range (day);
select kernel.owned_by_org('chat.sent');

-- Who was mentioned where; the nil id stands for everybody.
create table chat.mention (
    org_id          uuid    not null default nullif(current_setting('app.org', true), '')::uuid,
    member_id       uuid    not null,
    conversation_id uuid    not null,
    seq             bigint  not null,
    author_id       uuid    not null,
    sent_at         timestamptz not null,
    constraint mention_pkey primary key (org_id, conversation_id, member_id, seq)
);
select kernel.owned_by_org('chat.mention');

-- Messages whose mentions have not been made notifications yet. Empty at rest.
create table chat.mention_due (
    org_id          uuid        not null default nullif(current_setting('app.org', true), '')::uuid,
    conversation_id uuid        not null,
    seq             bigint      not null,
    constraint mention_due_pkey primary key (org_id, conversation_id, seq)
);
select kernel.owned_by_org('chat.mention_due');

create table chat.draft (
    org_id          uuid        not null default nullif(current_setting('app.org', true), '')::uuid,
    member_id       uuid        not null,
    conversation_id uuid        not null,
    body            bytea       not null,                      -- sealed under the member
    changed_at      timestamptz not null,
    constraint draft_pkey primary key (org_id, member_id, conversation_id)
);
select kernel.owned_by_org('chat.draft');

-- One page of a conversation: a range read of the index, in the order of numbers. As a function only because of its
-- settings: planned while a month's partition is empty, or without knowing the limit, the plain statement reads and
-- sorts the whole conversation (200 ms instead of 0.2 at 100,000 messages). It runs as who calls it, under row security.
create function chat.messages_before(of_conversation uuid, before bigint, after bigint, since timestamptz, until timestamptz, most bigint)
    returns setof chat.message language plpgsql stable
    set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_sort = off as $$
begin
    return query select * from chat.message m
        where m.conversation_id = of_conversation and m.seq < before and m.seq > after and m.sent_at > since and m.sent_at <= until
        order by m.seq desc limit most;
end $$;
create function chat.messages_after(of_conversation uuid, after bigint, since timestamptz, until timestamptz, most bigint)
    returns setof chat.message language plpgsql stable
    set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_sort = off as $$
begin
    return query select * from chat.message m
        where m.conversation_id = of_conversation and m.seq > after and m.sent_at > since and m.sent_at <= until
        order by m.seq limit most;
end $$;
revoke all on function chat.messages_before(uuid, bigint, bigint, timestamptz, timestamptz, bigint) from public;
revoke all on function chat.messages_after(uuid, bigint, timestamptz, timestamptz, bigint) from public;
grant execute on function chat.messages_before(uuid, bigint, bigint, timestamptz, timestamptz, bigint) to tulou_app;
grant execute on function chat.messages_after(uuid, bigint, timestamptz, timestamptz, bigint) to tulou_app;

-- Partitions are the owner's: the application may neither read nor make one. It may ask for those of the time
-- ahead, and for those of client ids nobody can repeat any more to go.
create function chat.ensure_partitions(today date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
declare
    start date;
    name text;
begin
    for start in select date_trunc('month', today)::date + make_interval(months => m) from generate_series(-1, 3) m loop
        name := 'message_' || to_char(start, 'YYYYMM');
        if to_regclass('chat.' || name) is null then
            execute format('create table chat.%I partition of chat.message for values from (%L) to (%L)',
                name, start::text || ' 00:00:00+00', (start + interval '1 month')::date::text || ' 00:00:00+00');
        end if;
    end loop;
    for start in select today + d from generate_series(-8, 8) d loop
        name := 'sent_' || to_char(start, 'YYYYMMDD');
        if to_regclass('chat.' || name) is null then
            begin
                execute format('create table chat.%I partition of chat.sent for values from (%L) to (%L)', name, start, start + 1);
            exception when check_violation then
                null;  -- rows of that day are in sent_other already and may stay there
            end;
        end if;
    end loop;
    delete from chat.sent_other where day < today - 8;
    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'chat.sent'::regclass and c.relname ~ '^sent_[0-9]{8}$'
          and to_date(substr(c.relname, 6), 'YYYYMMDD') < today - 8
    loop
        execute format('drop table chat.%I', name);
    end loop;
end $$;
revoke all on function chat.ensure_partitions(date) from public;
grant execute on function chat.ensure_partitions(date) to tulou_app;

-- The first three years of months, and a place for what no partition was made for in time.
do $$
declare
    start date;
begin
    for start in select generate_series(date '2026-01-01', date '2028-12-01', interval '1 month')::date loop
        execute format('create table chat.%I partition of chat.message for values from (%L) to (%L)',
            'message_' || to_char(start, 'YYYYMM'), start::text || ' 00:00:00+00', (start + interval '1 month')::date::text || ' 00:00:00+00');
    end loop;
end $$;
create table chat.message_other partition of chat.message default;
create table chat.sent_other partition of chat.sent default;
select chat.ensure_partitions((now() at time zone 'utc')::date);

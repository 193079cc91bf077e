-- The swift way of the writer, with one plan at any size: a plan made while nobody had counted the tables went through all
-- conversations and members for each batch. Where the messages came to stand is one row of arrays.
drop function chat.take_messages(uuid, timestamptz, date, uuid[], integer[], uuid[], uuid[], uuid[], date[], uuid[], bytea[], integer[]);

-- A batch of one organisation as it nearly always is: everybody belongs where they write, nothing is sent twice, all of
-- one day. All of it is written or, when anything is otherwise, none: then it raises TU001 (or 23505 for an id of a client
-- that is known) and the writer takes the careful way, which looks into each message. One call is one round trip, and a
-- transaction of its own where the caller has none. It runs as who calls it, under row security.
--
-- `conversations` are those of the batch in the order of their ids, each once, with as many messages as `counts` says. Their
-- update takes the locks in that order and gives out the numbers; that of the authors' own cursors, `cursors` of them, proves
-- that they belong there. Each other array has one entry a message: `place` is where its conversation stands among those of
-- the batch, `back` how many of the batch come after it there.
--
-- Neither update leaves the planner a choice that depends on what it believes of the tables. The conversations are found by
-- the index alone (17 and later; 15 and 16 may read all of the organisation's until they have been counted). A cursor is
-- looked up by its key, row by row, and then reached where it lies: of rows behind a limit that is not known before it runs
-- the planner expects one in ten, of these ones: one, for which nothing costs less. A cursor that somebody moves in the same
-- instant is not found there any more, which is unusual too.
create function chat.take_messages(
    of_org uuid, at timestamptz, of_day date, conversations uuid[], counts integer[], cursors bigint,
    conversation uuid[], author uuid[], client_id uuid[], client_day date[], id uuid[], body bytea[], place integer[], back integer[]
) returns table (seq bigint[], n bigint[], sent_at timestamptz[]) language plpgsql as $$
#variable_conflict use_column
declare
    seqs bigint[];
    ns bigint[];
    ats timestamptz[];
    moved bigint;
begin
    perform set_config('app.org', of_org::text, true);
    with advanced as (
        update chat.conversation c
        set last_seq = c.last_seq + counts[width_bucket(c.id, conversations)],
            last_n = c.last_n + counts[width_bucket(c.id, conversations)],
            last_at = greatest(c.last_at, at)
        where c.org_id = of_org and c.id = any (conversations) and c.dissolved_at is null
          and (greatest(c.last_at, at) at time zone 'utc')::date = of_day
        returning c.id, c.last_seq, c.last_n, c.last_at),
    reached as (
        select array_agg(last_seq order by id) as seqs, array_agg(last_n order by id) as ns, array_agg(last_at order by id) as ats
        from advanced)
    select array_agg(r.seqs[g.place] - g.back order by g.ord), array_agg(r.ns[g.place] - g.back order by g.ord),
           array_agg(r.ats[g.place] order by g.ord)
        into seqs, ns, ats
        from reached r cross join unnest(place, back) with ordinality as g (place, back, ord)
        where cardinality(r.seqs) = cardinality(conversations);
    if seqs is null then
        raise exception using errcode = 'TU001', message = 'not every message can be taken';
    end if;
    with own_cursor as (
        update chat.member m
        set read_seq = greatest(m.read_seq, x.seq), read_n = greatest(m.read_n, x.n), is_marked_unread = false
        from (select g.conversation, g.author, max(g.seq) as seq, max(g.n) as n
              from unnest(conversation, author, seqs, ns) as g (conversation, author, seq, n)
              group by g.conversation, g.author limit cardinality(seqs)) x
        cross join lateral (
              select o.ctid as at from chat.member o
              where o.org_id = of_org and o.conversation_id = x.conversation and o.member_id = x.author offset 0) own
        where m.ctid = own.at
        returning m.member_id),
    remembered as (
        insert into chat.sent (org_id, author_id, client_id, day, conversation_id, seq)
        select of_org, g.author, g.client_id, g.client_day, g.conversation, g.seq
        from unnest(author, client_id, client_day, conversation, seqs) as g (author, client_id, client_day, conversation, seq)),
    stored as (
        insert into chat.message (org_id, conversation_id, seq, sent_at, n, id, author_id, body)
        select of_org, g.conversation, g.seq, g.sent_at, g.n, g.id, g.author, g.body
        from unnest(conversation, seqs, ats, ns, id, author, body) as g (conversation, seq, sent_at, n, id, author, body))
    select count(*) into moved from own_cursor;
    if moved <> cursors then
        raise exception using errcode = 'TU001', message = 'not every message can be taken';
    end if;
    return query select seqs, ns, ats;
end $$;
revoke all on function chat.take_messages(uuid, timestamptz, date, uuid[], integer[], bigint, uuid[], uuid[], uuid[], date[], uuid[], bytea[], integer[], integer[]) from public;
grant execute on function chat.take_messages(uuid, timestamptz, date, uuid[], integer[], bigint, uuid[], uuid[], uuid[], date[], uuid[], bytea[], integer[], integer[]) to tulou_app;

-- A batch of one organisation as it nearly always is: everybody belongs where they write, nothing is sent twice, all of
-- one day. All of it is written or, when anything is otherwise, none: then it raises TU001 (or 23505 for an id of a client
-- that is known) and the writer takes the careful way, which looks into each message. One call is one round trip, and a
-- transaction of its own where the caller has none. It runs as who calls it, under row security.
--
-- The update of the conversations, in the order of their ids, takes their locks and gives out the numbers; that of the
-- authors' own cursors proves that they belong there. `back` says how many of the batch come after a message in its
-- conversation. Each array of the second kind has one entry a message.
create function chat.take_messages(
    of_org uuid, at timestamptz, of_day date, conversations uuid[], counts integer[],
    conversation uuid[], author uuid[], client_id uuid[], client_day date[], id uuid[], body bytea[], back integer[]
) returns table (seq bigint, n bigint, sent_at timestamptz) language plpgsql as $$
#variable_conflict use_column
declare
    taken bigint;
begin
    perform set_config('app.org', of_org::text, true);
    return query
        with advanced as (
            update chat.conversation c
            set last_seq = c.last_seq + u.count, last_n = c.last_n + u.count, last_at = greatest(c.last_at, at)
            from unnest(conversations, counts) as u (id, count)
            where c.org_id = of_org and c.id = u.id and c.dissolved_at is null
              and (greatest(c.last_at, at) at time zone 'utc')::date = of_day
            returning c.id, c.last_seq, c.last_n, c.last_at),
        numbered as materialized (
            select g.*, a.last_seq - g.back as seq, a.last_n - g.back as n, a.last_at as sent_at
            from unnest(conversation, author, client_id, client_day, id, body, back) with ordinality
                     as g (conversation, author, client_id, client_day, id, body, back, ord)
            join advanced a on a.id = g.conversation),
        own_cursor as (
            update chat.member m
            set read_seq = greatest(m.read_seq, x.seq), read_n = greatest(m.read_n, x.n), is_marked_unread = false
            from (select conversation, author, max(seq) as seq, max(n) as n from numbered group by conversation, author) x
            where m.org_id = of_org and m.conversation_id = x.conversation and m.member_id = x.author
            returning m.conversation_id, m.member_id),
        admitted as materialized (
            select w.* from numbered w
            join own_cursor o on o.conversation_id = w.conversation and o.member_id = w.author),
        remembered as (
            insert into chat.sent (org_id, author_id, client_id, day, conversation_id, seq)
            select of_org, author, client_id, client_day, conversation, seq from admitted),
        stored as (
            insert into chat.message (org_id, conversation_id, seq, sent_at, n, id, author_id, body)
            select of_org, conversation, seq, sent_at, n, id, author, body from admitted)
        select seq, n, sent_at from admitted order by ord;
    get diagnostics taken = row_count;
    if taken <> cardinality(conversation) then
        raise exception using errcode = 'TU001', message = 'not every message can be taken';
    end if;
end $$;
revoke all on function chat.take_messages(uuid, timestamptz, date, uuid[], integer[], uuid[], uuid[], uuid[], date[], uuid[], bytea[], integer[]) from public;
grant execute on function chat.take_messages(uuid, timestamptz, date, uuid[], integer[], uuid[], uuid[], uuid[], date[], uuid[], bytea[], integer[]) to tulou_app;

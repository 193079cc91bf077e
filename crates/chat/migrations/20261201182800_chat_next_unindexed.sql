-- The next messages of these conversations that are not in the index yet, at most `most` numbers of each and none sent at
-- `since` or before. The indexer's place in each is locked, in the order of their ids, and moved behind what is answered: both
-- become true, or neither, with the entries that the caller writes. One call instead of five statements, with one plan at any
-- size. It runs as who calls it, under row security.
create function chat.next_unindexed(conversations uuid[], since timestamptz, most bigint) returns setof chat.message
    language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off as $$
declare
    ids uuid[];
    befores bigint[];
    reached bigint[];
    latest timestamptz;
begin
    -- Not waited for on the disk: the place is lost together with what was indexed, and both are made again.
    perform set_config('synchronous_commit', 'off', true);
    for attempt in 1 .. 2 loop
        select array_agg(p.id order by p.id), array_agg(p.before order by p.id),
               array_agg(least(p.last_seq, p.before + most) order by p.id), max(p.last_at)
            into ids, befores, reached, latest
            from (select i.conversation_id as id, greatest(i.seq, c.expired_seq) as before, c.last_seq, c.last_at
                  from (select l.conversation_id, l.seq from chat.indexed l
                        where l.conversation_id = any (conversations) order by l.conversation_id for update) i
                  cross join lateral (select o.expired_seq, o.last_seq, o.last_at from chat.conversation o
                                      where o.id = i.conversation_id offset 0) c) p;
        exit when attempt = 2 or cardinality(ids) = cardinality(conversations);
        insert into chat.indexed (conversation_id, seq) select c.id, 0 from unnest(conversations) as c (id) order by c.id
            on conflict on constraint indexed_pkey do nothing;
    end loop;
    update chat.indexed i set seq = greatest(i.seq, reached[width_bucket(i.conversation_id, ids)])
        where i.conversation_id = any (ids);
    return query
        select m.* from unnest(ids, befores, reached) as p (id, before, reached)
        cross join lateral (
            select * from chat.message o
            where o.conversation_id = p.id and o.seq > p.before and o.seq <= p.reached
              and o.sent_at > since and o.sent_at <= latest offset 0) m
        order by m.conversation_id, m.seq;
end $$;
revoke all on function chat.next_unindexed(uuid[], timestamptz, bigint) from public;
grant execute on function chat.next_unindexed(uuid[], timestamptz, bigint) to tulou_app;

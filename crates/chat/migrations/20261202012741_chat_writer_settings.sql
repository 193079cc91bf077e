-- What the writer had set for its session: behind a pooler a session is not its own. It is often a transaction of its own too,
-- so that the settings come with the call and cost no round trip.
alter function chat.take_messages(uuid, timestamptz, date, uuid[], integer[], bigint, uuid[], uuid[], uuid[], date[], uuid[], bytea[], integer[], integer[])
    set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off;

-- A month of messages goes when the last organisation is past it: nothing is left in it, and nothing is written there any
-- more, since no period is shorter than 90 days. Only partitions this schema named are touched.
create function chat.drop_past_months(today date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
declare
    name text;
    is_used boolean;
begin
    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'chat.message'::regclass and c.relname ~ '^message_[0-9]{6}$'
          and to_date(substr(c.relname, 9), 'YYYYMM') + interval '1 month' <= today - 90
        order by c.relname
    loop
        execute format('select exists (select from chat.%I)', name) into is_used;
        if not is_used then
            execute format('drop table chat.%I', name);
        end if;
    end loop;
end $$;
revoke all on function chat.drop_past_months(date) from public;
grant execute on function chat.drop_past_months(date) to tulou_app;

-- Months are made and dropped as everywhere (kernel.ensure_months); what stays is chat's own: a partition for each day of
-- client ids, gone when nobody can repeat them any more.
create or replace function chat.ensure_partitions(today date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
declare
    start date;
    name text;
begin
    perform kernel.ensure_months('chat.message', today);
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

-- No period is shorter than 90 days.
create or replace function chat.drop_past_months(today date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
begin
    perform kernel.drop_past_months('chat.message', today, 90);
end $$;

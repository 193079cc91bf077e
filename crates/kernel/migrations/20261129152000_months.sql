-- Tables that are partitioned by month. Called by the functions with which a schema lets the application ask for its months
-- (chat.ensure_partitions and its like): they run as the owner, and nobody else may call these.

-- Last month, this one and the three to come: what is written in time finds its partition.
create function kernel.ensure_months(target regclass, today date) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    in_schema text;
    parent    text;
    month     text;
    start     date;
begin
    select n.nspname, c.relname into in_schema, parent
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = target;
    for start in select date_trunc('month', today)::date + make_interval(months => m) from generate_series(-1, 3) m loop
        month := parent || '_' || to_char(start, 'YYYYMM');
        if to_regclass(format('%I.%I', in_schema, month)) is null then
            execute format('create table %I.%I partition of %s for values from (%L) to (%L)', in_schema, month, target,
                start::text || ' 00:00:00+00', (start + interval '1 month')::date::text || ' 00:00:00+00');
        end if;
    end loop;
end $$;
revoke all on function kernel.ensure_months(regclass, date) from public;

-- A month goes when it ended `kept_days` ago and nothing is left in it. Only partitions that were named as above are touched.
create function kernel.drop_past_months(target regclass, today date, kept_days integer) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    month   regclass;
    is_used boolean;
begin
    for month in
        select m.oid from pg_inherits i join pg_class m on m.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
        -- The default partition has no month in its name: a case, since conditions are looked at in any order.
        where p.oid = target and case when m.relname ~ ('^' || p.relname || '_[0-9]{6}$')
            then to_date(right(m.relname, 6), 'YYYYMM') + interval '1 month' <= today - kept_days else false end
        order by m.relname
    loop
        execute format('select exists (select from %s)', month) into is_used;
        if not is_used then
            execute format('drop table %s', month);
        end if;
    end loop;
end $$;
revoke all on function kernel.drop_past_months(regclass, date, integer) from public;

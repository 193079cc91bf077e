-- Months are made and dropped as everywhere (kernel.ensure_months): an entry dies with its message, and no period is
-- shorter than 90 days.
create or replace function search.ensure_partitions(today date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
begin
    perform kernel.ensure_months('search.entry', today);
end $$;

create or replace function search.drop_past_months(today date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
begin
    perform kernel.drop_past_months('search.entry', today, 90);
end $$;

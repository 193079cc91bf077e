-- What an import adds is counted with it: a plan made while the tables were nearly empty goes through everybody of the organisation for each
-- person that is looked up, until the database counts by itself. Who counts holds a lock that only counting and cleaning up wait for;
-- where somebody else does either, it is left to them.
create function directory.count_rows() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '1s' as $$
begin
    analyze directory.member, directory.department, directory.department_member, directory.handle, directory.handle_source;
exception when lock_not_available then
    null;
end $$;
revoke all on function directory.count_rows() from public;
grant execute on function directory.count_rows() to tulou_app;

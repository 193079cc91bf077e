-- Groups of people are names under which somebody may be let in, as departments and roles are. Who is in them the crate
-- people_groups says.
alter table directory.principal drop constraint principal_kind_check;
alter table directory.principal add constraint principal_kind_check
    check (kind in ('department', 'role', 'people_group'));

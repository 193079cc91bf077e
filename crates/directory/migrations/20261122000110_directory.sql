-- The id a department has in the product it was imported from: a list of people names its departments by it.
alter table directory.department add column number text;
create unique index department_number on directory.department (org_id, number) where number is not null;

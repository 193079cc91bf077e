-- Whether chat keeps what a message said before it was edited; nothing is kept unless an administrator says so.
alter table directory.organisation add column keeps_edits boolean not null default false;
